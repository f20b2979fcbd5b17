/// How wide texts become in a proportional typeface, well enough to leave room for them.
enum TextWidth {
  /// In pixels.
  static func width(of text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + units($1) } * size
  }

  /// The beginning of a text that fits, with an ellipsis when something is left out.
  static func fitted(_ text: String, to width: Double, size: Double) -> String {
    guard self.width(of: text, size: size) > width else { return text }
    var kept = ""
    var used = units("…") * size
    for character in text {
      let next = self.width(of: String(character), size: size)
      guard used + next <= width else { break }
      used += next
      kept.append(character)
    }
    return kept + "…"
  }

  private static func units(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", "t", "f", "r", ".", ",", ":", ";", "'", "|", "!", "(", ")", "[", "]",
      " ":
      0.34
    case "m", "w", "M", "W", "@", "…", "%": 0.92
    case "A"..."Z", "_": 0.70
    case "\u{1100}"...: 1.05
    default: 0.58
    }
  }
}
