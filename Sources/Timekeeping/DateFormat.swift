/// Dates written by the format strings of .NET.
///
/// Source: .NET standard and custom date and time format strings; workflow language reference,
/// section c.6.
package enum DateFormat {
  /// The text of a time; `nil` when the format is not valid.
  package static func text(
    of time: DateTime,
    _ format: String,
    _ culture: Culture = .american
  ) -> String? {
    switch format {
    case "", "o", "O": return roundTrip(time)
    default: break
    }
    guard let pattern = pattern(format, culture) else { return nil }
    return DateFormatWriter(time, culture).text(pattern)
  }

  /// The custom pattern that a format of one letter stands for; longer formats are patterns.
  package static func pattern(_ format: String, _ culture: Culture) -> String? {
    guard format.utf8.count == 1, let letter = format.first else { return format }
    return switch letter {
    case "d": culture.shortDate
    case "D": culture.longDate
    case "f": "\(culture.longDate) \(culture.shortTime)"
    case "F", "U": "\(culture.longDate) \(culture.longTime)"
    case "g": "\(culture.shortDate) \(culture.shortTime)"
    case "G": "\(culture.shortDate) \(culture.longTime)"
    case "m", "M": culture.monthDay
    case "o", "O": "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK"
    case "r", "R": "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"
    case "s": "yyyy'-'MM'-'dd'T'HH':'mm':'ss"
    case "t": culture.shortTime
    case "T": culture.longTime
    case "u": "yyyy'-'MM'-'dd HH':'mm':'ss'Z'"
    case "y", "Y": culture.yearMonth
    default: nil
    }
  }

  /// ISO 8601 with seven fraction digits, and `Z` when the time is in UTC.
  private static func roundTrip(_ time: DateTime) -> String {
    let text = time.timestamp.description
    return time.kind == .utc ? text : String(text.dropLast())
  }
}
