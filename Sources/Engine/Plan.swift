package import Definitions
package import Expressions
import OrderedJSON

/// A flow ready to run: an immutable graph with compiled expressions.
package final class Plan: Sendable {
  package let flow: String
  package let actions: [PlannedAction]
  package let blocks: [PlannedBlock]
  package let parameters: [FlowParameter]
  package let triggers: [FlowTrigger]
  package let outputs: [(name: String, value: Template)]
  /// Places of actions by name, as spelled and in lower case.
  private let places: [String: Int]

  /// The block of the flow's own `actions`.
  package static let root = 0

  init(
    flow: String,
    actions: [PlannedAction],
    blocks: [PlannedBlock],
    parameters: [FlowParameter],
    triggers: [FlowTrigger],
    outputs: [(name: String, value: Template)]
  ) {
    self.flow = flow
    self.actions = actions
    self.blocks = blocks
    self.parameters = parameters
    self.triggers = triggers
    self.outputs = outputs
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
}

/// One `actions` object of a plan.
package struct PlannedBlock: Sendable {
  /// Places of its actions in the plan.
  package var actions: [Int]
  /// The action that contains the block; `nil` for the root.
  package var container: Int?
  /// Positions of actions after which no other runs.
  package var leaves: [Int]
}
