package import Engine
package import OrderedJSON

/// One attempt of an action, ready to be sent.
package struct ActionRequest: Sendable {
  package var run: RunID
  package var flow: String
  package var address: ActionAddress
  package var action: PlannedAction
  /// `run/action[indices]`, the same for every attempt.
  package var idempotencyKey: String
  package var attempt: Int
  package var inputs: JSON
  /// Where to ask for the result of an accepted request.
  package var pollLocation: String?
  /// Whether `pollLocation` names a subscription to be deleted.
  package var isUnsubscription = false
  /// Whether the inputs hold something secret.
  package var isSecret = false
  /// The tracking id that the run passes on.
  package var clientTrackingID: String?

  package init(
    run: RunID,
    flow: String,
    address: ActionAddress,
    action: PlannedAction,
    idempotencyKey: String,
    attempt: Int,
    inputs: JSON,
    pollLocation: String? = nil
  ) {
    self.run = run
    self.flow = flow
    self.address = address
    self.action = action
    self.idempotencyKey = idempotencyKey
    self.attempt = attempt
    self.inputs = inputs
    self.pollLocation = pollLocation
  }
}

/// Does what actions ask of the world.
package protocol ActionPerformer: Sendable {
  /// Sends one attempt; whatever happens is in the result.
  func perform(_ request: ActionRequest) async -> AttemptResult
}
