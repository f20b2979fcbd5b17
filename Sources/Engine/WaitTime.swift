import OrderedJSON
import Timekeeping

/// When a Wait action goes on.
///
/// Source: workflow language reference, section d.4 (Wait).
enum WaitTime {
  static func due(_ inputs: JSON, now: Timestamp) throws(ActionFailure) -> Timestamp {
    if let until = inputs["until"]?["timestamp"]?.stringValue {
      guard let time = Timestamp(iso8601: until) else {
        throw invalid("'\(until)' is no timestamp")
      }
      return time
    }
    guard let count = inputs["interval"]?["count"]?.integerValue,
      let unit = inputs["interval"]?["unit"]?.stringValue
    else { throw invalid("it needs 'interval' with 'count' and 'unit', or 'until'") }
    return try now + length(count, unit, from: now)
  }

  private static func length(_ count: Int64, _ unit: String, from now: Timestamp)
    throws(ActionFailure) -> Duration
  {
    guard (0...10_000_000).contains(count) else { throw invalid("'count' is out of range") }
    switch unit.lowercased() {
    case "second": return try .seconds(bounded(count))
    case "minute": return try .seconds(bounded(count * 60))
    case "hour": return try .seconds(bounded(count * 3600))
    case "day": return try .seconds(bounded(count * 86_400))
    case "week": return try .seconds(bounded(count * 604_800))
    case "month": return months(count, from: now)
    default: throw invalid("'\(unit)' is no unit: use Second, Minute, Hour, Day, Week or Month")
    }
  }

  /// A hundred years is longer than any run, and short enough to compute with.
  private static func bounded(_ seconds: Int64) throws(ActionFailure) -> Int64 {
    guard seconds <= 100 * 366 * 86_400 else { throw invalid("'count' is out of range") }
    return seconds
  }

  private static func months(_ count: Int64, from now: Timestamp) -> Duration {
    var civil = CivilTime(now)
    let months = civil.year * 12 + civil.month - 1 + Int(min(count, 1200))
    civil.year = months / 12
    civil.month = months % 12 + 1
    civil.day = min(civil.day, CivilTime.days(inMonth: civil.month, ofYear: civil.year))
    return civil.timestampInUTC - now
  }

  private static func invalid(_ why: String) -> ActionFailure {
    ActionFailure(code: "InvalidWait", message: "The Wait action cannot run: \(why).")
  }
}
