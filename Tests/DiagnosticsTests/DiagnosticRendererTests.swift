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

  @Test(arguments: ["a", "é", "€", "😀"])
  func `a place far into a long line has its column and a window, whatever the letters`(
    letter: String
  ) {
    let text = String(repeating: letter, count: 9000) + "!" + String(repeating: letter, count: 9000)
    let long = SourceText(file: "x", bytes: Array(text.utf8))
    let place = 9000 * letter.utf8.count
    let location = long.location(of: place..<place + 1)
    #expect((location.line, location.column, location.length) == (1, 9001, 1))
    let shown = Array((location.excerpt?.text ?? "").unicodeScalars)
    #expect((20...120).contains(shown.count))
    #expect(shown[(location.excerpt?.column ?? 0) - 1] == "!")
    #expect(!shown.contains("\u{FFFD}"))
  }

  @Test func `a mark before the text does not count, and a place behind the text is its end`() {
    let marked = SourceText(file: "x", bytes: [0xEF, 0xBB, 0xBF] + Array("ab".utf8))
    for (offset, column) in [(0, 1), (2, 1), (3, 1), (4, 2), (5, 3), (99, 3)] {
      let location = marked.location(at: offset)
      #expect(location.column == column, "\(offset)")
      #expect(location.excerpt == .init("ab", column: column), "\(offset)")
    }
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
