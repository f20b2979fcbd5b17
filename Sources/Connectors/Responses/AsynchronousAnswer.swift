package import HTTPMessages
package import Timekeeping

/// The 202 pattern: the service accepted the request and says where to ask for the result.
///
/// Source: connector format reference, section (c).
package enum AsynchronousAnswer {
  package static let defaultDelay = Duration.seconds(20)

  /// The next question and how long to wait before it; `nil` when the response is final.
  ///
  /// A 202 without a usable `Location` is final for the first request; a poll that lacks one is
  /// repeated at the same address.
  package static func next(
    after request: HTTPRequest,
    _ response: HTTPResponse,
    now: Timestamp,
    isPoll: Bool
  ) -> (followUp: FollowUp, delay: Duration)? {
    guard response.status == 202 else { return nil }
    let delay = RetryAfter.delay(response.headers, now: now) ?? defaultDelay
    if let location = response.headers["Location"],
      let target = URLReference.resolve(location, against: request)
    {
      guard request.scheme == "http" || target.scheme == "https" else { return nil }
      return (FollowUp(to: target, like: request), delay)
    }
    return isPoll ? (FollowUp(to: request, like: request), delay) : nil
  }
}
