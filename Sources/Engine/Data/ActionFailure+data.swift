import OrderedJSON

/// Failures of data operations; none of them shows a value.
extension ActionFailure {
  static func noArray(_ value: JSON, in action: PlannedAction) -> ActionFailure {
    ActionFailure(
      code: "BadRequest",
      message: """
        The 'from' property value in the '\(action.type.lowercased())' action inputs is of type \
        '\(value.kindName)'. The value must be an array.
        """
    )
  }

  static func noBoolean(_ value: JSON, in action: PlannedAction) -> ActionFailure {
    ActionFailure(
      code: "InvalidTemplate",
      message: """
        The 'where' expression in the '\(action.type.lowercased())' action inputs gives a value of \
        type '\(value.kindName)'. The value must be a boolean.
        """
    )
  }

  static func noObjects(_ value: JSON, in action: PlannedAction) -> ActionFailure {
    ActionFailure(
      code: "BadRequest",
      message: """
        The 'from' array in the '\(action.type.lowercased())' action inputs holds an element of \
        type '\(value.kindName)'. Without 'columns' every element must be an object.
        """
    )
  }

  static func wrongInput(
    _ member: String,
    _ expected: String,
    _ value: JSON,
    in action: PlannedAction
  ) -> ActionFailure {
    ActionFailure(
      code: "BadRequest",
      message: """
        The '\(member)' property value in the '\(action.type.lowercased())' action inputs is of \
        type '\(value.kindName)'. The value must be \(expected).
        """
    )
  }

  static func noJSON(_ why: String) -> ActionFailure {
    ActionFailure(
      code: "InvalidTemplate",
      message: """
        The 'content' property of actions of type 'ParseJson' must be valid JSON. The provided \
        value cannot be used: \(why).
        """
    )
  }

  /// Source: workflow language reference, section d.1 (ParseJson).
  static func schemaMismatch(_ violations: [SchemaViolation]) -> ActionFailure {
    let shown = violations.prefix(20).map(\.text).joined(separator: " ")
    let more = violations.count > 20 ? " And \(violations.count - 20) more." : ""
    return ActionFailure(
      code: "ValidationFailed",
      message: "The schema validation failed. \(shown)\(more)"
    )
  }
}
