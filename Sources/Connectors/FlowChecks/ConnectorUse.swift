internal import Definitions
internal import OrderedJSON

/// An action or trigger that calls an operation of a connector.
struct ConnectorUse {
  var type: String
  var inputs: JSON
  /// Of its `inputs`.
  var place: JSONPointer
  var isTrigger: Bool

  /// `nil` for an action that needs no connector.
  init?(_ action: FlowAction) {
    guard case .connector = action.kind else { return nil }
    type = action.type
    inputs = action.inputs
    place = action.pointer.appending("inputs")
    isTrigger = false
  }

  private static let triggerTypes: Set<String> = [
    "apiconnection", "apiconnectionwebhook", "apiconnectionnotification", "openapiconnection",
    "openapiconnectionwebhook", "openapiconnectionnotification",
  ]

  /// `nil` for a trigger that needs no connector.
  init?(_ trigger: FlowTrigger) {
    guard Self.triggerTypes.contains(trigger.type.lowercased()) else { return nil }
    type = trigger.type
    inputs = trigger.inputs
    place = trigger.pointer.appending("inputs")
    isTrigger = true
  }

  /// Whether the service is to call back.
  var isWebhook: Bool {
    let lowered = type.lowercased()
    return lowered.hasSuffix("webhook") || lowered.hasSuffix("notification")
  }

  /// The place of the operation's name, or of its path.
  var operationPlace: JSONPointer {
    if inputs["host"]?["operationId"] != nil {
      return place.appending("host").appending("operationId")
    }
    return place.appending(inputs["path"] == nil ? "pathTemplate" : "path")
  }
}
