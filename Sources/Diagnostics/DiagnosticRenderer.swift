/// Shows problems the way compilers do: place, message, source line, caret, hint.
package enum DiagnosticRenderer {
  /// Several lines without a final line end; `color` adds terminal colours.
  package static func text(_ diagnostic: Diagnostic, color: Bool = false) -> String {
    let paint = Paint(isOn: color)
    var lines = [headline(diagnostic, paint)]
    if let location = diagnostic.location, let source = location.sourceLine, location.column > 0 {
      lines += sourceLines(location, source, paint)
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

  /// A long line is cut to a window around the place, so that minified files stay readable.
  private static func sourceLines(
    _ location: SourceLocation,
    _ source: String,
    _ paint: Paint
  ) -> [String] {
    let scalars = Array(source.unicodeScalars)
    let start = location.column > 80 ? location.column - 60 : 0
    let window = scalars.dropFirst(start).prefix(120)
    let shown = String(String.UnicodeScalarView(window.map { $0 == "\t" ? " " : $0 }))
    let indent = String(repeating: " ", count: location.column - 1 - start)
    let visible = max(1, min(location.length, window.count - indent.count))
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
