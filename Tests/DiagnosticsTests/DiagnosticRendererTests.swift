import Diagnostics
import Testing

@Suite struct DiagnosticRendererTests {
  private let source = SourceText(
    file: "flows/a.json",
    bytes: Array("{\n  \"é\": @concta('a')\n}\r\n".utf8)
  )

  @Test func `a problem shows its place, its line, a caret and a hint`() {
    let diagnostic = Diagnostic(
      .invalidJSON,
      "no function named 'concta'",
      hint: "did you mean 'concat'?",
      location: source.location(of: 10..<17)
    )
    #expect(
      DiagnosticRenderer.text(diagnostic) == """
        flows/a.json:2:8: error: no function named 'concta' [J0001]
            "é": @concta('a')
                 ^^^^^^^
          hint: did you mean 'concat'?
        """
    )
  }

  @Test func `a problem without a place shows message and code`() {
    let diagnostic = Diagnostic(.invalidJSON, "broken", severity: .warning)
    #expect(DiagnosticRenderer.text(diagnostic) == "warning: broken [J0001]")
  }

  @Test func `a very long line is cut to a window`() {
    let long = SourceText(file: "x", bytes: Array((String(repeating: "a", count: 5000) + "!").utf8))
    let text = DiagnosticRenderer.text(
      Diagnostic(.invalidJSON, "m", location: long.location(at: 5000))
    )
    #expect(text.utf8.count < 300)
    #expect(text.contains("!\n"))
  }

  @Test(arguments: [(0, 1, 1), (2, 2, 1), (23, 3, 1), (26, 4, 1), (99, 4, 1)])
  func `offsets turn into lines and columns`(offset: Int, line: Int, column: Int) {
    let location = source.location(at: offset)
    #expect((location.line, location.column) == (line, column))
  }

  @Test(arguments: [("concta", "concat"), ("Toupper", "toUpper"), ("xyz", nil), ("z", nil)])
  func `near names are suggested`(name: String, suggestion: String?) {
    #expect(NearestName.suggestion(for: name, among: ["concat", "toUpper", "if"]) == suggestion)
  }

  @Test func `codes are unique and explained`() {
    let codes = DiagnosticCode.catalogue
    #expect(Set(codes.map(\.id)).count == codes.count)
    for code in codes {
      #expect(code.id.utf8.count == 5)
      #expect(!code.title.isEmpty && code.explanation.count > 40, "\(code.id)")
    }
  }
}
