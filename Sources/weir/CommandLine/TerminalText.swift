import Definitions

/// Text on a terminal.
enum TerminalText {
  /// The beginning of a line that fits, because a wrapped line cannot be redrawn in place.
  static func fitted(_ text: String, to columns: Int) -> String {
    var width = 0
    var kept = ""
    for character in text {
      width += columnCount(character)
      guard width <= columns else { return String(kept.dropLast()) + "…" }
      kept.append(character)
    }
    return kept
  }

  /// Wide characters of East Asia and pictures take two columns.
  private static func columnCount(_ character: Character) -> Int {
    let isWide = character.unicodeScalars.contains { scalar in
      (0x1100...0x115F).contains(scalar.value) || (0x2E80...0xA4CF).contains(scalar.value)
        || (0xAC00...0xD7A3).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
        || (0xFF00...0xFF60).contains(scalar.value) || scalar.value >= 0x1F300
    }
    return isWide ? 2 : 1
  }

  /// The parameter of the escape sequence that colours a step.
  static func color(of status: ActionStatus) -> String? {
    switch status {
    case .succeeded: "32"
    case .failed, .timedOut: "31"
    case .running, .waiting: "36"
    case .skipped, .cancelled: "2"
    }
  }
}
