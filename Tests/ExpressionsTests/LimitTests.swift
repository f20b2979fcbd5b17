import Diagnostics
import Expressions
import OrderedJSON
import Testing

@Suite struct LimitTests {
  private func code(_ text: String, budget: Budget = .standard) -> String? {
    do throws(ExpressionError) {
      let template = try Template(compiling: .string(text), budget: budget)
      _ = try template.evaluate(in: EmptyScope(), budget: budget)
      return nil
    } catch {
      return error.diagnosticCode.id
    }
  }

  private func nested(_ open: String, _ close: String, _ count: Int) -> String {
    "@" + String(repeating: open, count: count) + "1" + String(repeating: close, count: count)
  }

  @Test func `absurd nesting is an error and no crash`() {
    #expect(code("@" + String(repeating: "(", count: 100_000)) == "E0001")
    #expect(code(nested("string(", ")", 100_000)) == "E0002")
    #expect(code(nested("json('{}')?[", "]", 100_000)) == "E0002")
    #expect(code("@" + String(repeating: "if(true,", count: 50_000)) == "E0002")
  }

  @Test func `nesting up to the limit evaluates`() {
    #expect(code(nested("array(", ")", 199)) == nil)
    #expect(code(nested("if(true,", ",0)", 199)) == nil)
    #expect(code(nested("coalesce(null,", ")", 199)) == nil)
    #expect(code(nested("concat('a',", ",'b')", 199)) == nil)
    #expect(code(nested("json('{}')?[string(", ")]", 99)) == nil)
    #expect(code(nested("array(", ")", 200)) == "E0002")
  }

  @Test func `a long chain of selections is no nesting`() {
    let chain = String(repeating: "?.a", count: 20_000)
    #expect(code("@json('{}')\(chain)") == nil)
  }

  @Test func `steps are bounded`() {
    let small = Budget(steps: 10)
    #expect(code("@concat(1,2,3,4,5,6,7,8,9,10)", budget: small) == "E0401")
    #expect(code("@range(1,100)", budget: small) == "E0401")
  }

  @Test func `texts are bounded before they are built`() {
    let small = Budget(textLength: 20)
    #expect(code("@concat('0123456789','0123456789','0')", budget: small) == "E0401")
    #expect(code("@replace('aaaaaaaaaa','a','0123456789')", budget: small) == "E0401")
    #expect(code("@join(range(1,20),'--')", budget: small) == "E0401")
    #expect(code("@string(range(1,20))", budget: small) == "E0401")
    #expect(code("@{range(1,20)} ", budget: small) == "E0401")
  }

  @Test func `the message names the limit`() throws {
    let error = #expect(throws: ExpressionError.self) {
      try Template(compiling: "@range(1,100)").evaluate(in: EmptyScope(), budget: Budget(steps: 10))
    }
    #expect(error?.message == "the evaluation takes more than the limit of 10 steps")
  }
}
