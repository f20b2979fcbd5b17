package import Definitions
import OrderedJSON

/// The structure of a flow as a picture shows it.
package struct Picture: Sendable {
  package var title: String
  var triggers: [Node]
  var root: Block

  /// How the run that a picture shows came through an action.
  package struct State: Sendable {
    /// Such as `Succeeded`.
    package var status: String
    /// What else is to be said, such as its duration; short.
    package var text: String

    package init(status: String, text: String) {
      self.status = status
      self.text = text
    }
  }

  struct Node: Sendable {
    /// Unique in the picture.
    var id: String
    var name: String
    var type: String
    /// What it does, as far as one line can tell.
    var detail: String?
    var state: State?
    var blocks: [Block] = []
  }

  struct Block: Sendable {
    var label: String?
    var nodes: [Node]
    var edges: [Edge]
  }

  /// An order between two nodes of a block, by their positions.
  struct Edge: Sendable {
    var from: Int
    var to: Int
    /// The statuses that it asks for; empty for success alone.
    var statuses: [String]
  }

  /// A picture of a flow, with what a run made of its actions by their names in lower case.
  package init(_ flow: Flow, states: [String: State] = [:]) {
    title = flow.name
    triggers = flow.triggers.enumerated().map { index, trigger in
      Node(id: "t\(index)", name: trigger.name, type: trigger.type, detail: Self.detail(trigger))
    }
    var count = 0
    root = Self.block(flow.actions, label: nil, states, &count)
  }

  private static func block(
    _ actions: [FlowAction],
    label: String?,
    _ states: [String: State],
    _ count: inout Int
  ) -> Block {
    let positions = Dictionary(
      actions.enumerated().map { ($1.name.lowercased(), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var block = Block(label: label, nodes: [], edges: [])
    for (index, action) in actions.enumerated() {
      block.nodes.append(node(action, states, &count))
      for condition in action.runAfter {
        guard let from = positions[condition.action.lowercased()], from != index else { continue }
        let statuses = condition.statuses.map(\.rawValue)
        block.edges.append(
          Edge(from: from, to: index, statuses: statuses == ["Succeeded"] ? [] : statuses)
        )
      }
    }
    return block
  }

  private static func node(
    _ action: FlowAction,
    _ states: [String: State],
    _ count: inout Int
  ) -> Node {
    count += 1
    var node = Node(
      id: "a\(count)",
      name: action.name,
      type: action.type,
      detail: detail(action),
      state: states[action.name.lowercased()]
    )
    for (label, block) in branches(action.kind) {
      node.blocks.append(self.block(block.actions, label: label, states, &count))
    }
    return node
  }

  private static func branches(_ kind: ActionKind) -> [(String?, ActionKind.Block)] {
    switch kind {
    case .scope(let block), .forEach(_, _, let block): return [(nil, block)]
    case .until(let until): return [(nil, until.body)]
    case .condition(_, let then, let otherwise): return [("true", then), ("false", otherwise)]
    case .switching(_, let cases, let otherwise):
      let named = cases.map { ($0.value.stringValue ?? $0.value.text, $0.block) }
      return named.map { ($0, $1) } + [("default", otherwise)]
    default: return []
    }
  }

  // MARK: Details

  private static func detail(_ trigger: FlowTrigger) -> String? {
    guard let recurrence = trigger.definition["recurrence"],
      let frequency = recurrence["frequency"]?.stringValue
    else { return nil }
    let interval = recurrence["interval"]?.integerValue ?? 1
    return interval == 1
      ? "every \(frequency.lowercased())"
      : "every \(interval) \(frequency.lowercased())s"
  }

  private static func detail(_ action: FlowAction) -> String? {
    switch action.kind {
    case .connector: return action.inputs["host"]?["operationId"]?.stringValue
    case .http, .httpWebhook:
      let words = [action.inputs["method"], action.inputs["uri"]].compactMap { $0?.stringValue }
      return words.isEmpty ? nil : words.joined(separator: " ")
    case .forEach(let items, let degree, _):
      let text = items.stringValue ?? "\(items.arrayValue?.count ?? 0) items"
      return "for each of \(text)" + (degree == 1 ? ", in order" : "")
    case .until(let until): return "until \(text(until.expression))"
    case .condition(let expression, _, _): return text(expression)
    case .switching(let expression, _, _): return text(expression)
    case .workflow: return action.inputs["host"]?["workflow"]?["id"]?.stringValue
    default: return nil
    }
  }

  private static func text(_ expression: JSON) -> String {
    expression.stringValue ?? expression.text
  }
}
