import Engine
import Synchronization
import Timekeeping

/// A bucket for each name: a token, or the address of a client.
final class RateLimits: Sendable {
  private let capacity: Double
  private let perSecond: Double
  private let buckets = Mutex<[String: TokenBucket]>([:])

  /// How many names are remembered; beyond it those that were quiet are forgotten first.
  private static let nameLimit = 10_000

  init(capacity: Int, perSecond: Double) {
    self.capacity = Double(max(1, capacity))
    self.perSecond = max(0.001, perSecond)
  }

  /// Lets one pass; returns how many seconds to wait when it may not.
  func take(_ name: String, at now: Timestamp) -> Double? {
    buckets.withLock { buckets in
      if buckets.count >= Self.nameLimit, buckets[name] == nil { forgetSome(&buckets, now) }
      let fresh = TokenBucket(capacity: capacity, perSecond: perSecond, at: now)
      return buckets[name, default: fresh].take(at: now)?.seconds
    }
  }

  private func forgetSome(_ buckets: inout [String: TokenBucket], _ now: Timestamp) {
    for name in Array(buckets.keys) where buckets[name]?.isFull(at: now) == true {
      buckets[name] = nil
    }
    // Many at once under new names: rather forget them than remember without bound.
    if buckets.count >= Self.nameLimit { buckets.removeAll() }
  }
}
