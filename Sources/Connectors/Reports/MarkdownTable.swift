/// A table in Markdown.
struct MarkdownTable {
  var columns: [String]
  var rows: [[String]]

  /// Cells on one line each; pipes inside them are escaped.
  var lines: [String] {
    let rule = "|" + columns.map { _ in "---" }.joined(separator: "|") + "|"
    return [Self.line(columns), rule] + rows.map(Self.line)
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.map(escaped).joined(separator: " | ") + " |"
  }

  private static func escaped(_ cell: String) -> String {
    var text = ""
    for character in cell {
      switch character {
      case "|": text += "\\|"
      case "\n", "\r\n", "\r": text += "<br>"
      default: text.append(character)
      }
    }
    return text
  }
}
