import CommandLineArguments
import Timekeeping

/// Times on the command line: an age such as `2h`, or a timestamp.
enum TimeArgument {
  static func time(_ text: String?, _ option: String, now: Timestamp) throws(UsageError)
    -> Timestamp?
  {
    guard let text else { return nil }
    if let age = age(text) { return now - age }
    if let time = Timestamp(iso8601: text) { return time }
    throw UsageError(
      "'--\(option) \(text)' is no time",
      hint: "write an age such as 30m, 2h or 7d, or a timestamp such as 2026-11-20T21:15:00Z"
    )
  }

  /// A time ahead: so long from now, or a timestamp.
  static func future(_ text: String?, _ option: String, now: Timestamp) throws(UsageError)
    -> Timestamp?
  {
    guard let text else { return nil }
    if let age = age(text), age > .zero { return now + age }
    if let time = Timestamp(iso8601: text), time > now { return time }
    throw UsageError(
      "'--\(option) \(text)' is no time in the future",
      hint: "write how long from now, such as 90d, or a timestamp such as 2027-01-31T00:00:00Z"
    )
  }

  private static func age(_ text: String) -> Duration? {
    guard let unit = text.last, let number = Int64(text.dropLast()),
      (0...1_000_000).contains(number)
    else { return nil }
    switch unit {
    case "s": return .seconds(number)
    case "m": return .seconds(number * 60)
    case "h": return .seconds(number * 3600)
    case "d": return .seconds(number * 86_400)
    default: return nil
    }
  }
}
