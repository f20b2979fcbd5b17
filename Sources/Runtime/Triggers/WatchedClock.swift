import Timekeeping

/// What the times that a clock showed say about it: that the machine slept, or that it was set.
struct WatchedClock: Sendable {
  /// A busy machine may wake so much later; after more than that it slept.
  private static let longestDelay = Duration.seconds(30)

  private var lastSeen = Timestamp.distantPast
  /// Since when somebody has looked without a break; what was due since then was not missed.
  private(set) var awake = Timestamp.distantFuture

  /// Notes what the clock shows after a sleep.
  ///
  /// - Returns: How far the clock went back, when that is more than a second.
  mutating func look(at now: Timestamp, after sleep: Duration) -> Duration? {
    let back = now < lastSeen - .seconds(1) ? lastSeen - now : nil
    if now > lastSeen + sleep + Self.longestDelay { awake = now }
    awake = min(awake, now)
    lastSeen = now
    return back
  }
}
