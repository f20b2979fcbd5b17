package import OrderedJSON

/// A workflow definition, decoded.
///
/// Source: workflow language reference, section (a).
package struct Flow: Sendable {
  package enum Kind: String, Sendable {
    case stateful = "Stateful"
    case stateless = "Stateless"
  }

  package var name: String
  package var kind: Kind
  /// The bare definition object as it was written.
  package var definition: JSON
  package var parameters: [FlowParameter]
  package var triggers: [FlowTrigger]
  package var actions: [FlowAction]
  package var outputs: [FlowOutput]
  package var staticResults: JSONObject
  /// Values that an ARM resource supplies beside the definition.
  package var parameterValues: JSONObject
  /// The connections that a Power Automate export lists, by the names its actions use.
  package var connectionReferences: JSONObject
  package var source: FlowSource

  /// The most actions of a flow, as the products have it.
  package static let actionLimit = 500

  /// Every action, containers before their content.
  package var allActions: [FlowAction] { actions.flatMap(\.selfAndDescendants) }
}

/// A value that a flow computes once it ended.
package struct FlowOutput: Sendable {
  package var name: String
  package var value: JSON
  package var pointer: JSONPointer
}

/// A parameter that a flow declares.
///
/// Source: workflow language reference, section a.1.
package struct FlowParameter: Sendable {
  package var name: String
  /// In lower case: `string`, `securestring`, `int`, `float`, `bool`, `array`, `object`,
  /// `secureobject`.
  package var type: String
  package var defaultValue: JSON?
  package var allowedValues: [JSON]
  package var pointer: JSONPointer

  package var isSecure: Bool { type.hasPrefix("secure") }
}
