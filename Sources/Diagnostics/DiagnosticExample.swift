/// What leads to a problem, for the page of its code.
///
/// Expressions, actions and flows are checked by tests: they have the problem, and no other error.
package enum DiagnosticExample: Sendable {
  /// One expression, with its `@`.
  case expression(String)
  /// The `actions` of a flow with a Request trigger.
  case actions(String)
  /// The whole text of a flow file.
  case flow(String)
  /// A command with its output, or a part of another file.
  case shown(String)

  package var text: String {
    switch self {
    case .expression(let text), .actions(let text), .flow(let text), .shown(let text): text
    }
  }
}
