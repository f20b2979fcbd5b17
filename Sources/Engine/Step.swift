package import Expressions
package import OrderedJSON

/// What an action does, compiled.
package enum Step: Sendable {
  /// Ends at once with what a pure function makes of its inputs.
  case data(DataOperation)
  case variable(VariableOperation, Template)
  /// Contains one block that runs as a unit.
  case scope
  /// Takes block 0 when the condition holds, else block 1.
  case condition(Condition)
  /// Takes the block of the first equal case, else the last block.
  case switching(Template, cases: [JSON])
  case forEach(items: Template, degree: Int)
  case until(condition: Condition, count: Int, timeout: Duration)
  case terminate(Template)
  /// Goes on when a time has come.
  case wait(Template)
  /// Sends a request and ends with its response.
  case request(Template)
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

/// The six variable actions.
package enum VariableOperation: Sendable {
  case initialize, set, increment, decrement, appendToString, appendToArray
}
