package import OrderedJSON

/// One step of a flow.
///
/// Source: workflow language reference, sections (d) and (f).
package struct FlowAction: Sendable {
  package var name: String
  /// As the language spells it, such as `OpenApiConnection`.
  package var type: String
  package var kind: ActionKind
  package var inputs: JSON
  package var runAfter: [RunAfter]
  package var timeout: Duration?
  package var retryPolicy: RetryPolicy
  package var secureInputs: Bool
  package var secureOutputs: Bool
  package var trackedProperties: JSON?
  /// In lower case.
  package var operationOptions: Set<String>
  package var runtimeConfiguration: JSONObject
  package var pointer: JSONPointer

  package var selfAndDescendants: [FlowAction] {
    [self] + kind.blocks.flatMap { $0.actions.flatMap(\.selfAndDescendants) }
  }
}

/// When an action may start, seen from one of its predecessors.
///
/// Source: workflow language reference, section f.1.
package struct RunAfter: Sendable {
  package var action: String
  package var statuses: [ActionStatus]

  package init(action: String, statuses: [ActionStatus]) {
    self.action = action
    self.statuses = statuses
  }
}
