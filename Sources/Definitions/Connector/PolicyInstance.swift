package import OrderedJSON

/// One use of a policy template: a change to requests or responses.
///
/// Source: connector format reference, section (f).
package struct PolicyInstance: Sendable {
  package enum Section: String, Hashable, Sendable {
    case request
    case response
    /// Runs when the service answered with a failure.
    case failure
  }

  /// In lower case, such as `setheader`.
  package var template: String
  package var title: String
  /// Values without the `x-ms-apimTemplateParameter.` prefix, keys in lower case.
  package var parameters: [String: JSON]
  /// operationIds it applies to, in lower case; empty means all.
  package var operations: Set<String>
  /// The same as they are written.
  package var operationNames: [String]
  package var section: Section

  package func applies(to operation: String) -> Bool {
    operations.isEmpty || operations.contains(operation.lowercased())
  }

  /// The text of a parameter; `nil` when it is absent.
  package func text(_ parameter: String) -> String? {
    switch parameters[parameter.lowercased()] {
    case .string(let text): text
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .array(let items): items.compactMap(\.stringValue).joined()
    default: nil
    }
  }
}
