package import Definitions
package import OrderedJSON
package import Seams
package import Timekeeping

/// Something that a trigger reports: a time has come, a poll brought something, a message arrived.
package struct TriggerOccurrence: Sendable {
  package var flow: ServedFlow
  package var trigger: FlowTrigger
  /// See `TriggerFire.identity`.
  package var identity: String
  /// When it should have happened, or when it arrived.
  package var intended: Timestamp
  package var inputs: JSON?
  /// What `triggerOutputs()` returns, before `splitOn`.
  package var outputs: JSON
  /// What the service itself lists, for triggers without `splitOn`: a run for each.
  package var items: [JSON]?
  package var clientTrackingID: String?
  /// Until when somebody waits for a Response.
  package var callerWaitsUntil: Timestamp?
  /// On whose behalf its runs use connections; `nil` means that of the server.
  package var user: String?
  /// How the trigger goes on; durable together with the fire.
  package var advancing: StoredTrigger?
  /// Batch messages that it takes with it.
  package var releasedMessages: [Int64]

  package init(
    flow: ServedFlow,
    trigger: FlowTrigger,
    identity: String,
    intended: Timestamp,
    inputs: JSON? = nil,
    outputs: JSON,
    clientTrackingID: String? = nil,
    callerWaitsUntil: Timestamp? = nil,
    advancing: StoredTrigger? = nil,
    releasedMessages: [Int64] = []
  ) {
    self.flow = flow
    self.trigger = trigger
    self.identity = identity
    self.intended = intended
    self.inputs = inputs
    self.outputs = outputs
    self.clientTrackingID = clientTrackingID
    self.callerWaitsUntil = callerWaitsUntil
    self.advancing = advancing
    self.releasedMessages = releasedMessages
  }
}
