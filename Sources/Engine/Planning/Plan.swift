package import Definitions
import OrderedJSON

/// A flow ready to run: an immutable graph with compiled expressions.
package final class Plan: Sendable {
  package let flow: String
  package let actions: [PlannedAction]
  package let blocks: [PlannedBlock]
  package let parameters: [FlowParameter]
  package let triggers: [FlowTrigger]
  package let outputs: [(name: String, value: PlannedValue)]
  /// The names that expressions select from `parameters('$connections')`.
  package let connectionNames: [String]
  /// Places of actions by name, as spelled and in lower case.
  private let places: [String: Int]

  /// The block of the flow's own `actions`.
  package static let root = 0

  init(
    flow: Flow,
    actions: [PlannedAction],
    blocks: [PlannedBlock],
    outputs: [(name: String, value: PlannedValue)],
    connectionNames: [String]
  ) {
    self.flow = flow.name
    self.actions = actions
    self.blocks = blocks
    parameters = flow.parameters
    triggers = flow.triggers
    self.outputs = outputs
    self.connectionNames = connectionNames
    var places: [String: Int] = [:]
    for action in actions {
      places[action.name] = action.index
      places[action.name.lowercased()] = action.index
    }
    self.places = places
  }

  /// The place of an action by its name in any case.
  package func place(ofAction name: String) -> Int? {
    places[name] ?? places[name.lowercased()]
  }

  /// The spelling of an instance in keys and messages, such as `Create_user` or `Send[3]`.
  package func spelled(_ address: ActionAddress) -> String {
    let name = actions[address.action].name
    guard !address.indices.isEmpty else { return name }
    return "\(name)[\(address.indices.map(String.init).joined(separator: ","))]"
  }

  /// The schema of a Request trigger's body, when the trigger asks for its validation, or when its
  /// body is the typed inputs of a button.
  ///
  /// Source: workflow language reference, section e.3.
  package func enforcedSchema(ofTrigger name: String) -> JSONSchema? {
    guard let trigger = triggers.first(where: { $0.name == name }),
      let schema = trigger.inputs["schema"], !schema.isNull
    else { return nil }
    let isButton =
      ["Manual", "Button"].contains(trigger.type)
      || (trigger.type == "Request" && trigger.kind?.lowercased() == "button")
    let isAsked = trigger.type == "Request" && trigger.options.contains("enableschemavalidation")
    return isButton || isAsked ? JSONSchema(schema) : nil
  }
}

/// One `actions` object of a plan.
package struct PlannedBlock: Sendable {
  /// Places of its actions in the plan.
  package var actions: [Int]
  /// The action that contains the block; `nil` for the root.
  package var container: Int?
  /// Positions of actions after which no other runs.
  package var leaves: [Int]
  /// For each action, how many others of the block it runs after.
  package var predecessorCounts: [Int]
  /// Positions of actions that run first.
  package var starts: [Int]
}
