package import Timekeeping

/// The exact sliding window of a connection: never more than `calls` in any `renewalPeriod`.
///
/// Each call counts from one time: the time by which it had surely reached the service. It leaves
/// the window one renewal period later.
package struct ThrottleWindow: Hashable, Sendable {
  /// At least 1.
  package let calls: Int
  package let renewalPeriod: Duration

  package init(calls: Int, renewalPeriod: Duration) {
    self.calls = max(1, calls)
    self.renewalPeriod = renewalPeriod
  }

  /// How long a granted call may take to reach the service while nothing is known of it.
  package static let grace = Duration.seconds(1)

  /// How long after it left the window an unsettled call may still be settled.
  package static let settlementHorizon = Duration.seconds(600)

  /// The time from which a call counts until it is settled.
  ///
  /// None counts from later: one that does was granted before the clock was set back, and nobody
  /// knows how long ago that was, so it counts from here.
  package static func start(ofCallGrantedAt time: Timestamp) -> Timestamp { time + grace }

  /// A call that counts from this time or before has left the window at `now`.
  package func departure(at now: Timestamp) -> Timestamp { now - renewalPeriod }

  /// When another call fits, given the start of the `calls`-th newest call; `nil` means now.
  ///
  /// The window holds at most `calls`, so it is full exactly while that call is in it.
  package func opening(blockedBy start: Timestamp?, at now: Timestamp) -> Timestamp? {
    guard let start, start > departure(at: now) else { return nil }
    return start + renewalPeriod
  }

  /// When another call fits, given the starts of all known calls in any order; `nil` means now.
  package func opening(after starts: [Timestamp], at now: Timestamp) -> Timestamp? {
    let newest = starts.sorted(by: >)
    return opening(blockedBy: newest.count < calls ? nil : newest[calls - 1], at: now)
  }
}
