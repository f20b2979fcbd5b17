import Timekeeping

/// Lets events pass at a rate, with some at once after a pause.
struct TokenBucket: Sendable {
  /// How many may pass at once.
  let capacity: Double
  /// How many may pass in the long run.
  let perSecond: Double
  private var level: Double
  private var updated: Timestamp

  init(capacity: Double, perSecond: Double, now: Timestamp) {
    self.capacity = capacity
    self.perSecond = perSecond
    level = capacity
    updated = now
  }

  /// Takes one; returns in how many seconds there will be one when there is none now.
  mutating func take(at now: Timestamp) -> Double? {
    refill(at: now)
    guard level >= 1 else { return (1 - level) / perSecond }
    level -= 1
    return nil
  }

  /// Whether it is as if it had never been used.
  mutating func isFull(at now: Timestamp) -> Bool {
    refill(at: now)
    return level >= capacity
  }

  /// A clock that was set back does not empty it.
  private mutating func refill(at now: Timestamp) {
    if now > updated { level = min(capacity, level + (now - updated).seconds * perSecond) }
    updated = now
  }
}
