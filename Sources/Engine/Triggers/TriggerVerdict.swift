/// What comes of an event of a trigger.
package enum TriggerVerdict: Sendable {
  /// It starts at least one run.
  case accepted(AcceptedEvent)
  /// It starts no run, for a reason such as `ConditionNotMet` or `NoItems`.
  case skipped(code: String)
  /// The trigger or what it received is wrong.
  case failed(ActionFailure)
}
