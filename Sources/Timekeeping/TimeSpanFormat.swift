/// Lengths of time written by the format strings of .NET.
///
/// Source: .NET standard and custom TimeSpan format strings.
package enum TimeSpanFormat {
  /// The text of a length of time; `nil` when the format is not valid.
  ///
  /// - Parameters:
  ///   - ticks: Units of 100 ns.
  ///   - format: `c`, `g`, `G`, or a pattern of d, h, m, s, f and F with escaped separators.
  /// - Returns: The text, without a sign when a pattern is given, as in .NET.
  package static func text(ticks: Int64, _ format: String) -> String? {
    switch format {
    case "", "c", "t", "T": TimeSpan.text(ticks: ticks)
    case "g", "G": general(ticks, isLong: format == "G")
    default: custom(ticks, format)
    }
  }

  private static func general(_ ticks: Int64, isLong: Bool) -> String {
    let parts = TimeSpanParts(ticks: ticks)
    let days = isLong || parts.days > 0 ? "\(parts.days):" : ""
    let hours = TimeSpan.padded(parts.hours, isLong ? 2 : 1)
    var text = "\(days)\(hours):\(TimeSpan.padded(parts.minutes, 2)):"
    text += TimeSpan.padded(parts.seconds, 2)
    if isLong || parts.fraction > 0 {
      var fraction = TimeSpan.padded(parts.fraction, 7)
      while !isLong, fraction.last == "0" { fraction.removeLast() }
      text += "." + fraction
    }
    return (ticks < 0 ? "-" : "") + text
  }

  private static func custom(_ ticks: Int64, _ format: String) -> String? {
    let parts = TimeSpanParts(ticks: ticks)
    var text = ""
    var rest = Array(format.unicodeScalars)[...]
    guard rest.count > 1 else { return nil }
    while !rest.isEmpty {
      switch DatePatternToken.take(from: &rest) {
      case .literal(let literal)?:
        text += literal
      case .field(let letter, let count)?:
        guard let field = field(letter, count, parts) else { return nil }
        text += field
      case nil: return nil
      }
    }
    return text
  }

  private static func field(
    _ letter: Unicode.Scalar,
    _ count: Int,
    _ parts: TimeSpanParts
  ) -> String? {
    switch (letter, count) {
    case ("d", 1...8): return TimeSpan.padded(parts.days, count)
    case ("h", 1...2): return TimeSpan.padded(parts.hours, count)
    case ("m", 1...2): return TimeSpan.padded(parts.minutes, count)
    case ("s", 1...2): return TimeSpan.padded(parts.seconds, count)
    case ("f", 1...7): return String(TimeSpan.padded(parts.fraction, 7).prefix(count))
    case ("F", 1...7):
      var digits = TimeSpan.padded(parts.fraction, 7).prefix(count)
      while digits.last == "0" { digits.removeLast() }
      return String(digits)
    default: return nil
    }
  }
}
