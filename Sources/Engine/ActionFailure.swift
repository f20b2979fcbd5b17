import Definitions
package import OrderedJSON

/// Why an action failed, in the product's words where they are known.
///
/// Source: workflow language reference, sections b.6, (d) and (f).
package struct ActionFailure: Error, Hashable, Sendable {
  package var code: String
  package var message: String

  package init(code: String, message: String) {
    self.code = code
    self.message = message
  }

  package var json: JSON { ["code": .string(code), "message": .string(message)] }

  static let noDependentSucceeded = ActionFailure(
    code: "ActionFailed",
    message: "An action failed. No dependent actions succeeded."
  )

  /// A predecessor that ended otherwise than `runAfter` asks for.
  struct Dependency {
    var name: String
    var expected: Set<ActionStatus>
    var actual: ActionStatus

    fileprivate var text: String {
      let statuses = expected.map(\.rawValue).sorted().joined(separator: ", ")
      return """
        the 'runAfter' condition for action '\(name)' is not satisfied. Expected status values \
        '\(statuses)' and actual value '\(actual.rawValue)'.
        """
    }
  }

  static func dependencyFailed(_ name: String, after unmet: [Dependency]) -> ActionFailure {
    ActionFailure(
      code: "ActionDependencyFailed",
      message: """
        The execution of template action '\(name)' is skipped: \
        \(unmet.map(\.text).joined(separator: " Also, "))
        """
    )
  }

  static func timedOut(_ name: String) -> ActionFailure {
    ActionFailure(
      code: "ActionTimedOut",
      message: "The execution of action '\(name)' timed out: its 'limit.timeout' is over."
    )
  }
}
