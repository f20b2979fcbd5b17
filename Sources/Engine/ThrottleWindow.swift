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

  /// How far the clock must have been set back for calls from before to be seen.
  ///
  /// Whoever asks while the disk hangs does so by a time that is past, and others, who were granted
  /// calls meanwhile, are not from before.
  private static let noticeableSetback = Duration.seconds(60)

  /// A call that counts from after this was granted before the clock was set back.
  ///
  /// Nobody knows how long ago that was, so it counts as granted at `now`.
  package static func latestStart(at now: Timestamp) -> Timestamp {
    start(ofCallGrantedAt: now) + noticeableSetback
  }

  /// The time from which a call counts until it is settled.
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
