package import Timekeeping

/// What a timer does at some time: what it records as missed, what it fires, when it acts next.
package struct TimerDecision: Hashable, Sendable {
  /// Times that the policy leaves out, all before those that fire; each is listed while they are
  /// few, otherwise only `missed` tells of them.
  package var missed: FireSpan?
  package var missedTimes: [Timestamp]
  /// In order; those at a time are bounded, and the rest is due at once.
  package var fires: [TimerFire]
  /// When to decide again; `nil` when nothing will ever be due.
  package var due: Timestamp?

  package init(
    missed: FireSpan? = nil,
    missedTimes: [Timestamp] = [],
    fires: [TimerFire] = [],
    due: Timestamp? = nil
  ) {
    self.missed = missed
    self.missedTimes = missedTimes
    self.fires = fires
    self.due = due
  }
}
