package import Timekeeping

/// A rate that may be exceeded for a moment: so much at once, so much per second over time.
///
/// Says how long to wait, and never waits.
package struct TokenBucket: Hashable, Sendable {
  /// How much at once, at least 1.
  package let capacity: Double
  /// How much per second over time, above 0.
  package let perSecond: Double

  private var tokens: Double
  private var updated: Timestamp

  /// A full bucket.
  package init(capacity: Double, perSecond: Double, at now: Timestamp) {
    precondition(capacity >= 1 && perSecond > 0, "a bucket must let something through")
    self.capacity = capacity
    self.perSecond = perSecond
    tokens = capacity
    updated = now
  }

  /// Takes one token if there is one.
  ///
  /// A clock that was set back gives nothing and takes nothing.
  ///
  /// - Returns: `nil` when it was taken, or how long until there is one.
  package mutating func take(at now: Timestamp) -> Duration? {
    let elapsed = max(.zero, now - updated)
    tokens = min(capacity, tokens + elapsed / .seconds(1) * perSecond)
    updated = now
    guard tokens >= 1 else { return .seconds((1 - tokens) / perSecond) }
    tokens -= 1
    return nil
  }

  /// Whether nothing was taken for so long that a new bucket would be the same.
  package func isFull(at now: Timestamp) -> Bool {
    tokens + max(.zero, now - updated) / .seconds(1) * perSecond >= capacity
  }
}
