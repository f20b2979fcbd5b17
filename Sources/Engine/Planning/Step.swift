package import OrderedJSON

/// What an action does, compiled.
package enum Step: Sendable {
  /// Ends at once with what a pure function makes of its inputs.
  case data(DataOperation)
  case variable(VariableOperation, PlannedValue)
  /// Contains one block that runs as a unit.
  case scope
  /// Takes block 0 when the condition holds, else block 1.
  case condition(Condition)
  /// Takes the block of the first equal case, else the last block.
  case switching(PlannedValue, cases: [JSON])
  case forEach(items: PlannedValue, degree: Int)
  case until(condition: Condition, count: Int, timeout: Duration)
  case terminate(PlannedValue)
  /// Goes on when a time has come.
  case wait(PlannedValue)
  /// Sends a request and ends with its response.
  case request(PlannedValue)
  /// Answers the caller that started the run.
  case respond(PlannedValue)
  /// Subscribes somewhere and ends when it is called back.
  case webhook(Webhook)
  /// Starts a run of another flow and ends with its answer.
  case call(PlannedValue)
  /// Cannot run here.
  case unsupported

  package var isLoop: Bool {
    switch self {
    case .forEach, .until: true
    default: false
    }
  }

  package var isContainer: Bool {
    switch self {
    case .scope, .condition, .switching, .forEach, .until: true
    default: false
    }
  }
}

/// How a webhook action subscribes, and how the subscription is undone.
///
/// Source: workflow language reference, sections d.4 (HttpWebhook) and d.5.
package struct Webhook: Sendable {
  package enum Undoing: Sendable {
    /// By a request of its own, when the action ends without having been called back.
    case request(PlannedValue)
    /// By deleting what the subscription's `Location` names, whenever the action ends.
    case location
    case none
  }

  package var subscription: PlannedValue
  package var undoing: Undoing
}

/// The six variable actions.
package enum VariableOperation: Sendable {
  case initialize, set, increment, decrement, appendToString, appendToArray
}
