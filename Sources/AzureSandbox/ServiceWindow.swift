internal import HTTPMessages
internal import Synchronization
internal import Timekeeping

/// A limit of a service: so many calls in a window of so many seconds, refused ones included.
///
/// A window begins with the first call after the end of the one before. Each subject, such as a
/// resource or a sender's number, has windows of its own.
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
  private let counts = Mutex<[String: Count]>([:])

  /// So many subjects are remembered before those whose windows have ended are dropped.
  private static let tidyAt = 1024

  init(_ name: String, calls: Int, length: Duration) {
    self.name = name
    self.calls = calls
    self.length = length
  }

  /// Counts one call.
  ///
  /// - Parameters:
  ///   - subject: Whose call it is, such as the id of a resource.
  ///   - now: Decides in which window it counts.
  /// - Throws: 429 with `Retry-After` when the window is full.
  func enter(_ subject: String, at now: Timestamp) throws(Problem) {
    let wait = counts.withLock { counts -> Duration? in
      if counts.count > Self.tidyAt { counts = counts.filter { $0.value.end > now } }
      var count = counts[subject] ?? Count()
      if now >= count.end || count.end - now > length { count = Count(end: now + length) }
      count.calls += 1
      counts[subject] = count
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

extension ServiceWindow {
  /// Counts one call of a resource.
  func enter(_ call: ServiceCall) throws(Problem) {
    try enter(call.resource.id, at: call.now)
  }
}
