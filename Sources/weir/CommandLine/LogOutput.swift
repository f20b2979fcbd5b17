import Seams

/// Writes log entries on the note stream, one line each.
enum LogOutput {
  static func log(_ context: Context) -> Log {
    Log { entry in
      let fields = entry.fields.map { "\($0.name)=\(quoted($0.value))" }
      context.note(([entry.level.rawValue, entry.event] + fields).joined(separator: " "))
    }
  }

  private static func quoted(_ value: String) -> String {
    let isPlain = !value.isEmpty && !value.contains { $0 == " " || $0 == "\"" || $0.isNewline }
    guard !isPlain else { return value }
    let escaped = value.map { character in
      switch character {
      case "\"": "\\\""
      case "\n": "\\n"
      case "\r": "\\r"
      default: String(character)
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}
