internal import HTTPMessages
internal import Synchronization
internal import Timekeeping

/// A limit of a service: so many calls in a window of so many seconds, refused ones included.
///
/// A window begins with the first call after the end of the one before.
///
/// Source: Azure Communication fact sheet, section 2.
final class ServiceWindow: Sendable {
  private struct Count {
    var end = Timestamp(ticks: .min)
    var calls = 0
  }

  private let name: String
  private let calls: Int
  private let length: Duration
  private let count = Mutex(Count())

  init(_ name: String, calls: Int, length: Duration) {
    self.name = name
    self.calls = calls
    self.length = length
  }

  /// Counts one call.
  ///
  /// - Throws: 429 with `Retry-After` when the window is full.
  func enter(at now: Timestamp) throws(Problem) {
    let wait = count.withLock { count -> Duration? in
      if now >= count.end || count.end - now > length { count = Count(end: now + length) }
      count.calls += 1
      return count.calls > calls ? count.end - now : nil
    }
    guard let wait else { return }
    let seconds = Int64(length.seconds)
    let message = "Rate limit of \(calls) requests in \(seconds) seconds reached."
    var problem = Problem(429, "TooManyRequests", message)
    problem.headers.append("Retry-After", String(max(1, Int64(wait.seconds.rounded(.up)))))
    problem.headers.append(SandboxHeader.limit, "\(name);calls=\(calls);seconds=\(seconds)")
    throw problem
  }
}
