import Definitions
package import OrderedJSON
package import Timekeeping

/// What may happen to a run.
package enum RunInput: Sendable {
  /// The run begins with these facts.
  case start(RunEvent.RunStarted)
  /// The run begins as the replay of another one.
  case replay(RunEvent.RunStarted, carrying: RunEvent.CarriedOver)
  /// Go on with what is ready: after a recovery, or after a full batch.
  case proceed
  /// The first request of the action is about to leave, and its time is to be kept.
  case departing(ActionAddress)
  case attemptFinished(ActionAddress, AttemptResult)
  /// The time that the action waited for has come.
  case woke(ActionAddress)
  /// The action's `limit.timeout` is over.
  case deadline(ActionAddress)
  /// A request arrived at the callback address of a webhook action: `{headers, body}`.
  case callback(ActionAddress, JSON)
  /// The attempt to undo a subscription is over, whatever came of it.
  case unsubscribed(ActionAddress, AttemptResult)
  case cancel
}

/// How one attempt ended.
package struct AttemptResult: Sendable {
  package var number: Int
  package var startTime: Timestamp
  package var endTime: Timestamp
  package var waitedForThrottle: Duration
  package var outcome: Outcome

  package init(
    number: Int,
    startTime: Timestamp,
    endTime: Timestamp,
    waitedForThrottle: Duration = .zero,
    outcome: Outcome
  ) {
    self.number = number
    self.startTime = startTime
    self.endTime = endTime
    self.waitedForThrottle = waitedForThrottle
    self.outcome = outcome
  }

  package enum Outcome: Sendable {
    /// The service answered, with any status.
    case response(Response)
    /// There is no answer.
    case failure(code: String, message: String, isTransient: Bool)
    /// The action failed for good, with a code of its own and an error.
    case refusal(code: String, ActionFailure)
  }

  package struct Response: Sendable {
    package var statusCode: Int
    /// `{statusCode, headers, body}`.
    package var outputs: JSON
    /// How long the service asks to wait.
    package var retryAfter: Duration?
    /// Where an accepted request may be asked for its result.
    package var pollLocation: String?
    /// The absolute address that a `Location` names, when it is safe to go there.
    package var location: String?
    /// Why the answer is a failure although its status says success.
    package var failure: ActionFailure?
    /// JSON pointers into the outputs whose values are secret.
    package var secretPointers: [String]

    package init(
      statusCode: Int,
      outputs: JSON,
      retryAfter: Duration? = nil,
      pollLocation: String? = nil,
      secretPointers: [String] = []
    ) {
      self.statusCode = statusCode
      self.outputs = outputs
      self.retryAfter = retryAfter
      self.pollLocation = pollLocation
      self.secretPointers = secretPointers
    }
  }
}
