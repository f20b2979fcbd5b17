/// A signed length of time as text.
///
/// Source: .NET `System.TimeSpan`, constant format.
package enum TimeSpan {
  /// Writes `[-][d.]hh:mm:ss[.fffffff]`.
  ///
  /// - Parameter ticks: Units of 100 ns.
  /// - Returns: The text; days and fraction are left out when zero.
  package static func text(ticks: Int64) -> String {
    let parts = TimeSpanParts(ticks: ticks)
    let days = parts.days == 0 ? "" : "\(parts.days)."
    let clock = [parts.hours, parts.minutes, parts.seconds].map { padded($0, 2) }
    let fraction = parts.fraction == 0 ? "" : ".\(padded(parts.fraction, 7))"
    return (ticks < 0 ? "-" : "") + days + clock.joined(separator: ":") + fraction
  }

  /// Reads `[-][d.]hh:mm[:ss[.fffffff]]` or a number of days, in units of 100 ns; `nil` for other
  /// text.
  package static func ticks(_ text: String) -> Int64? {
    var rest = Substring(text)
    let isNegative = rest.hasPrefix("-")
    if isNegative { rest.removeFirst() }
    var fields = rest.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...3).contains(fields.count) else { return nil }
    var days: Int64 = 0
    if fields.count == 1 {
      guard let whole = natural(fields[0], 10_675_199) else { return nil }
      return (isNegative ? -whole : whole) * 864_000_000_000
    }
    if let point = fields[0].firstIndex(of: ".") {
      guard let whole = natural(fields[0][..<point], 10_675_198) else { return nil }
      days = whole
      fields[0] = fields[0][fields[0].index(after: point)...]
    }
    guard let clock = clock(fields) else { return nil }
    let ticks = days * 864_000_000_000 + clock
    return isNegative ? -ticks : ticks
  }

  private static func clock(_ fields: [Substring]) -> Int64? {
    guard let hours = natural(fields[0], 23), let minutes = natural(fields[1], 59) else {
      return nil
    }
    var ticks = (hours * 60 + minutes) * 600_000_000
    guard fields.count == 3 else { return ticks }
    let parts = fields[2].split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let seconds = natural(parts[0], 59) else { return nil }
    ticks += seconds * 10_000_000
    if parts.count == 2 {
      guard (1...7).contains(parts[1].count), natural(parts[1], 9_999_999) != nil else {
        return nil
      }
      ticks += Int64(ClockReading.ticks(String(parts[1])))
    }
    return ticks
  }

  private static func natural(_ text: Substring, _ limit: Int64) -> Int64? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let value = Int64(text), value <= limit
    else { return nil }
    return value
  }

  static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// The fields of a length of time, all positive.
struct TimeSpanParts {
  let days: Int64
  let hours: Int64
  let minutes: Int64
  let seconds: Int64
  /// Units of 100 ns.
  let fraction: Int64

  init(ticks: Int64) {
    let magnitude = Int64(clamping: ticks.magnitude)
    days = magnitude / 864_000_000_000
    hours = magnitude / 36_000_000_000 % 24
    minutes = magnitude / 600_000_000 % 60
    seconds = magnitude / 10_000_000 % 60
    fraction = magnitude % 10_000_000
  }
}
