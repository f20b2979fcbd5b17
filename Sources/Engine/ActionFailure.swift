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

  static func dependencyFailed(_ name: String, after predecessors: [String]) -> ActionFailure {
    ActionFailure(
      code: "ActionDependencyFailed",
      message: """
        The execution of action '\(name)' is skipped: the 'runAfter' condition for \
        \(predecessors.map { "'\($0)'" }.joined(separator: ", ")) is not satisfied.
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
