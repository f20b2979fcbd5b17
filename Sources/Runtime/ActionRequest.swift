package import Engine
package import OrderedJSON
package import Timekeeping

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
  /// Whether the inputs hold something secret.
  package var isSecret = false
  /// The tracking id that the run passes on.
  package var clientTrackingID: String?
  /// On whose behalf connections are used; `nil` means that of this process.
  package var user: String?
  /// Where the service reports back, for actions that wait for it.
  package var callbackURL: String?
  /// Keeps the time of the action's first request, and tells it to every repetition.
  ///
  /// `nil` from it means that nothing may be sent.
  package var firstSent: (@Sendable () async -> Timestamp?)?
  package var purpose = Purpose.call
  /// Query parameters in place of what the inputs give.
  package var queries: [String: String] = [:]
  /// Tells the service which trace its work belongs to.
  package var traceparent: String?
  /// Connections that stand in for the ones that the flow names, by name in lower case.
  package var connections: [String: String] = [:]

  package enum Purpose: Hashable, Sendable {
    /// Does what the action is for; for a webhook action, subscribes.
    case call
    /// Ends the subscription that `pollLocation` names.
    case unsubscription
  }

  package init(
    run: RunID,
    flow: String,
    address: ActionAddress,
    action: PlannedAction,
    idempotencyKey: String,
    attempt: Int,
    inputs: JSON,
    pollLocation: String? = nil,
    callbackURL: String? = nil
  ) {
    self.run = run
    self.flow = flow
    self.address = address
    self.action = action
    self.idempotencyKey = idempotencyKey
    self.attempt = attempt
    self.inputs = inputs
    self.pollLocation = pollLocation
    self.callbackURL = callbackURL
  }
}

/// Does what actions ask of the world.
package protocol ActionPerformer: Sendable {
  /// Sends one attempt; whatever happens is in the result.
  func perform(_ request: ActionRequest) async -> AttemptResult
}
