package import OrderedJSON

/// What starts a flow.
///
/// Source: workflow language reference, section (e).
package struct FlowTrigger: Sendable {
  package var name: String
  /// As the language spells it, such as `Request` or `Recurrence`.
  package var type: String
  package var kind: String?
  package var inputs: JSON
  /// The whole trigger as written.
  package var definition: JSONObject
  package var pointer: JSONPointer
  package var secureInputs: Bool
  package var secureOutputs: Bool
  /// When a request of the trigger that failed is sent again.
  package var retryPolicy: RetryPolicy = .standard

  /// What `operationOptions` lists, in lower case.
  package var options: Set<String> {
    let text = definition["operationOptions"]?.stringValue ?? ""
    return Set(text.lowercased().split(separator: ",").map { $0.filter { $0 != " " } })
  }
}
