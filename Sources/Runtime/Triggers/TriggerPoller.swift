package import Definitions
package import Seams
package import Timekeeping

/// Looks after triggers that are no timers and yet act by themselves: they poll, subscribe and renew
/// subscriptions, or release batches.
///
/// `TriggerBook` keeps when each is due, and calls one method at a time for each trigger.
package protocol TriggerPoller: Sendable {
  /// Whether a trigger acts by itself; one that does is due the moment it is enabled.
  func looksAfter(_ trigger: FlowTrigger) -> Bool

  /// Does what is due, and returns when the trigger is due next; `nil` when only the world can wake
  /// it.
  ///
  /// What comes of it, the trigger with this time in `due` included, is durable when this returns.
  /// Failures are recorded in the trigger's history and lead to a later time, never to `nil`.
  func poll(_ trigger: FlowTrigger, of flow: ServedFlow, _ stored: StoredTrigger) async
    -> Timestamp?

  /// Undoes what a trigger that was changed, paused, disabled or removed keeps in the world, such as
  /// a subscription; `stored` is what it kept.
  ///
  /// - Returns: Whether the trigger can go on later with what it kept.
  /// - Throws: `RuntimeFailure` when that cannot be written; the trigger has to stay as it was then.
  func leave(_ trigger: String, of flow: String, _ stored: StoredTrigger)
    async throws(RuntimeFailure) -> Bool
}
