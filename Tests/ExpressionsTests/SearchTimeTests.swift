import Expressions
import OrderedJSON
import Testing
import Timekeeping

/// Texts made to slow a naive search down; each case would take hours with one.
@Suite struct SearchTimeTests {
  private struct RepetitiveScope: Scope {
    let text: String
    let search: String
    var now: Timestamp { Timestamp(ticks: 0) }
    func randomNumber() -> UInt64 { 0 }

    func variable(named name: String) -> JSON? {
      .string(name == "text" ? text : search)
    }
  }

  @Test(
    arguments: [
      ("indexOf", -1), ("lastIndexOf", -1), ("contains", false), ("startsWith", false),
      ("endsWith", false),
    ] as [(String, JSON)]
  )
  func `searches take linear time`(function: String, expected: JSON) throws {
    let scope = RepetitiveScope(
      text: String(repeating: "a", count: 200_000),
      search: String(repeating: "a", count: 100_000) + "b"
        + String(repeating: "a", count: 50_000)
    )
    let expression = try Expression(parsing: "\(function)(variables('text'),variables('search'))")
    #expect(try expression.evaluate(in: scope) == expected)
  }

  @Test(arguments: [
    "split(variables('text'),variables('search'))[0]",
    "replace(variables('text'),variables('search'),'')",
  ])
  func `so do splitting and replacing`(text: String) throws {
    let scope = RepetitiveScope(
      text: String(repeating: "a", count: 200_000),
      search: String(repeating: "a", count: 100_000) + "b"
    )
    #expect(try Expression(parsing: text).evaluate(in: scope) == .string(scope.text))
  }

  @Test func `overlapping occurrences are counted in linear time`() throws {
    let scope = RepetitiveScope(
      text: String(repeating: "a", count: 200_000),
      search: String(repeating: "a", count: 100_000)
    )
    let expression = "nthIndexOf(variables('text'),variables('search'),-1)"
    #expect(try Expression(parsing: expression).evaluate(in: scope) == 100_000)
  }

  @Test func `parts are counted against the budget`() throws {
    let scope = RepetitiveScope(text: String(repeating: ",", count: 2000), search: ",")
    let expression = try Expression(parsing: "split(variables('text'),variables('search'))")
    #expect(throws: ExpressionError.self) {
      try expression.evaluate(in: scope, budget: Budget(steps: 1000))
    }
  }
}
