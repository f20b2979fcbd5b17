import OrderedJSON
import Expressions

/// Finds the names that expressions select from `parameters('$connections')`.
///
/// Source: workflow language reference, section a.2.
struct ConnectionNames {
  private(set) var names: [String] = []

  mutating func visit(_ template: Template) { template.forEachNode { visit($0) } }

  private mutating func visit(_ node: Node) {
    if case .selection(let selection) = node, Self.isConnections(selection.base),
      case .literal(let literal)? = selection.steps.first?.key,
      let name = literal.value.stringValue, !names.contains(name)
    {
      names.append(name)
    }
    for child in node.children { visit(child) }
  }

  private static func isConnections(_ node: Node) -> Bool {
    guard case .call(let call) = node, call.name.lowercased() == "parameters",
      case .literal(let literal)? = call.arguments.first
    else { return false }
    return literal.value.stringValue?.lowercased() == "$connections"
  }
}
