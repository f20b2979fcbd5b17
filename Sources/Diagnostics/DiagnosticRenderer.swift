/// Shows problems the way compilers do: place, message, source line, caret, hint.
package enum DiagnosticRenderer {
  /// Several lines without a final line end; `color` adds terminal colours.
  package static func text(_ diagnostic: Diagnostic, color: Bool = false) -> String {
    let paint = Paint(isOn: color)
    var lines = [headline(diagnostic, paint)]
    if let location = diagnostic.location, let excerpt = location.excerpt, location.column > 0 {
      lines += excerptLines(excerpt, location.length, paint)
    }
    if let hint = diagnostic.hint { lines.append("  \(paint.bold("hint:")) \(hint)") }
    return lines.joined(separator: "\n")
  }

  private static func headline(_ diagnostic: Diagnostic, _ paint: Paint) -> String {
    let isError = diagnostic.severity == .error
    let label = "\(diagnostic.severity.rawValue):"
    return place(diagnostic.location) + (isError ? paint.red(label) : paint.yellow(label))
      + " \(diagnostic.message) [\(diagnostic.code.id)]"
  }

  private static func place(_ location: SourceLocation?) -> String {
    guard let location else { return "" }
    guard location.line > 0 else { return "\(location.file): " }
    return "\(location.file):\(location.line):\(max(1, location.column)): "
  }

  private static func excerptLines(
    _ excerpt: SourceLocation.Excerpt,
    _ length: Int,
    _ paint: Paint
  ) -> [String] {
    let scalars = excerpt.text.unicodeScalars.map { $0 == "\t" ? " " : $0 }
    let shown = String(String.UnicodeScalarView(scalars))
    let indent = String(repeating: " ", count: excerpt.column - 1)
    let visible = max(1, min(length, scalars.count - indent.count))
    return ["  \(shown)", "  \(indent)" + paint.red(String(repeating: "^", count: visible))]
  }

  private struct Paint {
    let isOn: Bool
    func red(_ text: String) -> String { wrap("31;1", text) }
    func yellow(_ text: String) -> String { wrap("33;1", text) }
    func bold(_ text: String) -> String { wrap("1", text) }
    private func wrap(_ code: String, _ text: String) -> String {
      isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
  }
}
