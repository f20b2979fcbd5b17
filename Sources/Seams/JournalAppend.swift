package import Engine
package import Timekeeping

/// Everything that becomes durable at once for one run.
package struct JournalAppend: Sendable {
  package var run: RunID
  /// How many entries the journal has before; 0 creates the run.
  package var expectedVersion: Int
  /// The process that holds the run; it must still hold it.
  package var owner: OwnerID
  package var entries: [JournalEntry]
  /// The new values of the indexed columns; `nil` leaves them, which a new run must not.
  ///
  /// After creation only status, code, error, end time and owner change; the rest is fixed, and
  /// `run` above is the name that counts.
  package var record: RunRecord?
  /// The plan that a new run uses; stored once for each hash.
  package var plan: StoredPlan?
  package var wakeup: WakeupChange
  /// The trigger event that starts a new run.
  ///
  /// It is written with the run, which its history then names, or instead of the entry of the same
  /// identity that started none. The append is refused with `fired` when another run was started for that identity.
  package var fire: TriggerFire?
  /// The intention that a new run carries out, which is forgotten with it; it has no event then.
  ///
  /// The append is refused with `fired` when it is not intended any more.
  package var intention: IntendedReplay?
  /// The trigger of a new run, which moves on with its fire.
  ///
  /// `due`, `last` and `sealed` change if it is still there with this fingerprint; what pauses,
  /// changes or removes it meanwhile is not undone.
  package var trigger: StoredTrigger?
  /// Keys of the batch messages that a new run takes with it.
  package var releasedMessages: [Int64] = []

  package enum WakeupChange: Hashable, Sendable {
    case unchanged
    case set(Timestamp)
    case clear
  }

  package init(
    run: RunID,
    expectedVersion: Int,
    owner: OwnerID,
    entries: [JournalEntry],
    record: RunRecord? = nil,
    plan: StoredPlan? = nil,
    wakeup: WakeupChange = .unchanged
  ) {
    self.run = run
    self.expectedVersion = expectedVersion
    self.owner = owner
    self.entries = entries
    self.record = record
    self.plan = plan
    self.wakeup = wakeup
  }
}
