import Expressions
import OrderedJSON
import Testing

@Suite struct FunctionTableTests {
  @Test func `every example gives the result that it shows`() throws {
    for function in FunctionTable.all {
      let expression = try Expression(parsing: function.example.expression)
      guard let result = function.example.result else { continue }
      let value = try expression.evaluate(in: EmptyScope())
      #expect(value == result, "\(function.example.expression)")
    }
  }

  @Test func `names are found in any case and are unique`() {
    #expect(FunctionTable.function(named: "TRIGGERBODY")?.name == "triggerBody")
    #expect(FunctionTable.function(named: "triggers")?.name == "trigger")
    #expect(FunctionTable.function(named: "nope") == nil)
    #expect(Set(FunctionTable.names.map { $0.lowercased() }).count == FunctionTable.all.count)
  }

  @Test func `signatures show optional and repeated parameters`() {
    #expect(
      FunctionTable.function(named: "substring")?.signature
        == "substring(text, startIndex, [length])"
    )
    #expect(FunctionTable.function(named: "concat")?.signature == "concat(text, ...)")
    #expect(FunctionTable.function(named: "createArray")?.signature == "createArray([value, ...])")
    #expect(FunctionTable.function(named: "item")?.signature == "item()")
  }

  @Test func `summaries are sentences`() {
    for function in FunctionTable.all {
      #expect(function.summary.hasSuffix("."), "\(function.name)")
      #expect(function.summary.first?.isUppercase == true, "\(function.name)")
    }
  }
}
