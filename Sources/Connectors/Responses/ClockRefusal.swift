package import HTTPMessages
package import Timekeeping

/// Recognises that a service refused a signature because of its time.
///
/// Source: Azure Communication fact sheet, section 1.2; AWS error code `RequestTimeTooSkewed`.
package enum ClockRefusal {
  private static let words = ["clock", "skew", "time stamp", "timestamp", "request time"]

  /// Whether a 401 or 403 names the time.
  package static func isMeant(by response: HTTPResponse) -> Bool {
    guard response.status == 401 || response.status == 403, response.body.count < 65_536 else {
      return false
    }
    let header = response.headers["WWW-Authenticate"] ?? ""
    let text = (String(decoding: response.body, as: UTF8.self) + header).lowercased()
    return words.contains { text.contains($0) }
  }

  /// How far the service's clock is ahead of ours; zero without a `Date` or for a trifle.
  package static func offset(of response: HTTPResponse, now: Timestamp) -> Duration {
    guard let text = response.headers["Date"], let date = HTTPDate.timestamp(text) else {
      return .zero
    }
    let offset = date - now
    return offset > .seconds(30) || offset < .seconds(-30) ? offset : .zero
  }
}
