import Testing

@Suite struct FixtureTests {
  @Test(arguments: [
    "collections", "content", "formats", "logic", "numbers", "selection", "strings", "syntax",
    "times", "workflow", "xml",
  ])
  func `every case of a family holds`(file: String) throws {
    let cases = try ExpressionCase.cases(in: file)
    #expect(cases.count > 10)
    for differing in cases { #expect(differing.difference() == nil) }
  }
}
