/// A trigger that fires by the clock.
///
/// Source: workflow language reference, sections e.1 and e.2.
package struct TimerTrigger: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case recurrence(missed: MissedFirePolicy)
    /// Windows follow each other without gaps, and each fires this long after its end.
    case slidingWindow(delay: Duration)
  }

  package var recurrence: Recurrence
  package var kind: Kind

  package init(recurrence: Recurrence, kind: Kind) {
    self.recurrence = recurrence
    self.kind = kind
  }
}
