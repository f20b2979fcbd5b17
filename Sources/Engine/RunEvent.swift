package import Definitions
package import OrderedJSON
package import Timekeeping

/// One fact of a run; a run is the list of its facts.
///
/// Everything that is not deterministic is in here: times, jitter, responses and what `utcNow()`,
/// `guid()` and `rand()` returned, as part of the evaluated inputs.
package enum RunEvent: Sendable {
  case runStarted(RunStarted)
  /// A replay takes results over from the run that it repeats.
  case carriedOver(CarriedOver)
  /// The inputs are evaluated and what the action does may begin: the request may leave.
  case actionStarted(ActionStarted)
  /// The first request of an action that tells its service when it was first sent may leave.
  case departed(Departed)
  /// An attempt failed and another one follows, or an answer asks to be polled.
  case attemptEnded(AttemptEnded)
  /// An Until loop compared its condition after an iteration.
  case iterationTested(IterationTested)
  /// A webhook's subscription was accepted; the action waits to be called back.
  case subscribed(Subscribed)
  /// A subscription whose action ends is to be undone; the request may leave.
  case unsubscribing(Unsubscribing)
  case unsubscribed(Unsubscribed)
  case actionEnded(ActionEnded)
  /// The action ends with the result that was carried over, and does nothing.
  case actionCarried(ActionCarried)
  case cancelRequested(Timestamp)
  case runEnded(RunEnded)

  /// A class, because every state of the run carries it and it has many parts.
  package final class RunStarted: Equatable, Sendable {
    package let time: Timestamp
    package let run: String
    package let flow: String
    /// The trigger record, `{name, outputs, …}`.
    package let trigger: JSON
    package let triggerName: String
    package let triggerType: String
    /// The effective values of the flow's parameters.
    package let parameters: JSONObject
    package let clientTrackingID: String
    package let isSecret: Bool
    /// Until when somebody waits for a Response; `nil` when nobody does.
    package let callerWaitsUntil: Timestamp?
    /// Connections that stand in for the ones that the flow names, by name in lower case.
    package let connections: [String: String]
    /// On whose behalf it uses connections; `nil` means that of the process that drives it.
    package let user: String?

    package init(
      time: Timestamp,
      run: String,
      flow: String,
      trigger: JSON,
      triggerName: String,
      triggerType: String,
      parameters: JSONObject,
      clientTrackingID: String,
      isSecret: Bool,
      callerWaitsUntil: Timestamp? = nil,
      connections: [String: String] = [:],
      user: String? = nil
    ) {
      self.callerWaitsUntil = callerWaitsUntil
      self.connections = connections
      self.user = user
      self.time = time
      self.run = run
      self.flow = flow
      self.trigger = trigger
      self.triggerName = triggerName
      self.triggerType = triggerType
      self.parameters = parameters
      self.clientTrackingID = clientTrackingID
      self.isSecret = isSecret
    }

    package static func == (one: RunStarted, other: RunStarted) -> Bool {
      one.time == other.time && one.run == other.run && one.flow == other.flow
        && one.trigger == other.trigger && one.triggerName == other.triggerName
        && one.triggerType == other.triggerType && one.parameters == other.parameters
        && one.clientTrackingID == other.clientTrackingID && one.isSecret == other.isSecret
        && one.callerWaitsUntil == other.callerWaitsUntil
        && one.connections == other.connections && one.user == other.user
    }
  }

  package struct ActionStarted: Sendable {
    package var time: Timestamp
    package var address: ActionAddress
    package var inputs: JSON?
    /// Whether the inputs hold something secret.
    package var isSecret: Bool
    /// Which block a condition or switch takes, by position.
    package var branch: Int?
    /// When a waiting action goes on.
    package var due: Timestamp?
  }

  package struct Departed: Sendable {
    package var time: Timestamp
    package var address: ActionAddress
  }

  package struct AttemptEnded: Sendable {
    package var address: ActionAddress
    package var attempt: Attempt
    /// When the next attempt or poll may leave.
    package var next: Timestamp
    /// Where to ask for the result of an accepted request; `nil` sends the request again.
    package var pollLocation: String?
  }

  package struct IterationTested: Sendable {
    package var time: Timestamp
    package var address: ActionAddress
    package var isDone: Bool
  }

  package struct Subscribed: Sendable {
    package var time: Timestamp
    package var address: ActionAddress
    package var attempt: Attempt
    /// What names the subscription, when the service said.
    package var location: String?
  }

  package struct Unsubscribing: Sendable {
    package var time: Timestamp
    package var address: ActionAddress
    /// The request to send; `nil` deletes what `location` names.
    package var inputs: JSON?
    package var location: String?
    package var isSecret: Bool
  }

  package struct Unsubscribed: Sendable {
    package var time: Timestamp
    package var address: ActionAddress
    /// `nil` when there was nothing to send.
    package var attempt: Attempt?
  }

  package struct ActionEnded: Sendable {
    package var time: Timestamp
    package var address: ActionAddress
    package var status: ActionStatus
    package var code: String
    /// The inputs, unless `actionStarted` has them.
    package var inputs: JSON?
    package var outputs: JSON?
    package var error: JSON?
    package var attempt: Attempt?
    package var trackedProperties: JSON?
    package var variable: VariableChange?
    package var secrecy: Secrecy = .none
  }

  package struct CarriedOver: Sendable {
    package var time: Timestamp
    /// The run that the results are from.
    package var run: String
    package var results: [ActionAddress: ActionInstance]

    package init(time: Timestamp, run: String, results: [ActionAddress: ActionInstance]) {
      self.time = time
      self.run = run
      self.results = results
    }
  }

  package struct ActionCarried: Sendable {
    package var time: Timestamp
    package var address: ActionAddress
  }

  package struct RunEnded: Sendable {
    package var time: Timestamp
    package var status: RunStatus
    package var code: String?
    package var error: JSON?
    package var outputs: JSON?
    package var isSecret: Bool
  }
}

/// What an action did to a variable.
package struct VariableChange: Sendable {
  package var name: String
  /// The declared type, in lower case, when the action initialised the variable.
  package var type: String?
  package var value: JSON
  package var isSecret: Bool
}
