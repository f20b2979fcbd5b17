package import Seams

/// Where a new run comes from, and what becomes durable together with it.
package struct RunOrigin: Sendable {
  /// The run that it replays, or that called it.
  package var parent: RunRecord.Parent?
  /// How many calls of flows by flows led here.
  package var depth: Int
  /// Whether somebody stays with its driver, which then does so too however long the run waits.
  package var isAttended: Bool
  /// Whether none of its actions is begun here: whoever takes it over begins them.
  package var isDetached: Bool
  /// The trigger event that starts it; its run is the new one.
  package var fire: TriggerFire?
  /// The replay of a bulk that it is.
  package var intention: IntendedReplay?
  /// How the trigger goes on.
  package var advancing: StoredTrigger?
  /// Keys of the batch messages that it takes with it.
  package var releasedMessages: [Int64]
  /// What it takes over from the run that it replays.
  var seed: ReplaySeed?

  package init(
    parent: RunRecord.Parent? = nil,
    depth: Int = 0,
    isAttended: Bool = false,
    isDetached: Bool = false,
    fire: TriggerFire? = nil,
    intention: IntendedReplay? = nil,
    advancing: StoredTrigger? = nil,
    releasedMessages: [Int64] = []
  ) {
    self.parent = parent
    self.depth = depth
    self.isAttended = isAttended
    self.isDetached = isDetached
    self.fire = fire
    self.intention = intention
    self.advancing = advancing
    self.releasedMessages = releasedMessages
  }
}
