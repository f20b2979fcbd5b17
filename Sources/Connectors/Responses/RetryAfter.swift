package import HTTPMessages
package import Timekeeping

/// How long a service asks to be left alone.
///
/// Source: RFC 9110 section 10.2.3.
package enum RetryAfter {
  private static let longest = Duration.seconds(86_400)

  /// 0 s to one day; `nil` without a usable field.
  ///
  /// Milliseconds of `retry-after-ms` and `x-ms-retry-after-ms` count before whole seconds.
  package static func delay(_ headers: HTTPFields, now: Timestamp) -> Duration? {
    for name in ["retry-after-ms", "x-ms-retry-after-ms"] {
      if let milliseconds = headers[name].flatMap(Int64.init), milliseconds >= 0 {
        return min(.milliseconds(min(milliseconds, 86_400_000)), longest)
      }
    }
    guard let text = headers["Retry-After"].map({ MediaType.trimmed($0) }) else { return nil }
    if let seconds = Double(text), seconds >= 0 {
      return .seconds(min(seconds, 86_400))
    }
    guard let date = HTTPDate.timestamp(text) else { return nil }
    return min(max(date - now, .zero), longest)
  }
}
