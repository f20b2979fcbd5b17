import Diagnostics
import Expressions
import OrderedJSON
import Testing

@Suite struct TemplateCheckTests {
  @Test func `all problems are found, each with its place`() {
    let problems = Template.check([
      "a": "@concta('x')",
      "b": ["@length(1)", "@{'ok'}", "@substring('a')"],
      "c": "@concat('a'",
      "@{": 1,
    ])
    #expect(problems.map(\.pointer.description) == ["/a", "/b/0", "/b/2", "/c", "/@{"])
    #expect(problems.map(\.code.id) == ["E0101", "E0103", "E0102", "E0001", "E0001"])
    #expect(problems.map(\.range) == [1..<7, 8..<9, 1..<15, 10..<11, 1..<2])
    #expect(problems.allSatisfy { $0.severity == .error })
    #expect(problems[0].hint == "did you mean 'concat'?")
    #expect(problems[2].hint == "call it as substring(text, startIndex, [length])")
  }

  @Test func `several problems of one expression are found`() {
    let problems = Template.check("@concat(foo(), bar(1), length(2))")
    #expect(problems.map(\.code.id) == ["E0101", "E0101", "E0103"])
  }

  @Test func `what may never be evaluated is a warning`() {
    let problems = Template.check("@if(nope(), gone(), length(1))")
    #expect(problems.map(\.code.id) == ["E0101", "E0104", "E0103"])
    #expect(problems.map(\.severity) == [.error, .warning, .warning])
  }

  @Test func `conditions that are no booleans are found`() {
    #expect(Template.check("@and(1, true)").map(\.code.id) == ["E0103"])
  }

  @Test func `a correct value has no problems`() {
    #expect(
      Template.check(["a": "@body('x')?['y']", "b": 1, "c": "@@{", "@{item()}": nil]).isEmpty
    )
  }

  @Test func `expressions that Azure refuses are a warning`() {
    let long = "@concat('" + String(repeating: "x", count: 9000) + "')"
    let problems = Template.check(.string(long))
    #expect(problems.map(\.code.id) == ["E0105"])
    #expect(problems.first?.severity == .warning)
  }
}
