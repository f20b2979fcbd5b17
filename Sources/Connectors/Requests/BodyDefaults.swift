internal import Definitions
internal import OrderedJSON

/// Completes a body: adds defaults of required members, takes out what only the service may set.
///
/// Source: connector format reference, section (b), defaults and internal parameters.
struct BodyDefaults: Sendable {
  let graph: SchemaGraph
  /// Nodes below which something is to be done; others are left alone.
  private let active: [Bool]

  init(_ graph: SchemaGraph) {
    self.graph = graph
    var active = graph.nodes.map { node in
      node.properties.contains { $0.isReadOnly || ($0.isRequired && $0.defaultValue != nil) }
    }
    var changed = true
    while changed {
      changed = false
      for (index, node) in graph.nodes.enumerated() where !active[index] {
        guard Self.children(node).contains(where: { active[$0] }) else { continue }
        active[index] = true
        changed = true
      }
    }
    self.active = active
  }

  func complete(_ value: JSON) -> JSON { complete(value, graph.root) }

  /// What a required object is when nothing of it is given; `nil` when nothing is known.
  func absent(_ node: Int, depth: Int = 0) -> JSON? {
    guard depth < 16, active[node], graph[node].type == "object" else { return nil }
    let value = complete(.object(JSONObject()), node, depth: depth + 1)
    return value.objectValue?.isEmpty == true ? nil : value
  }

  private static func children(_ node: SchemaGraph.Node) -> [Int] {
    var children = node.properties.map(\.node)
    if let items = node.items { children.append(items) }
    if case .node(let extra) = node.extras { children.append(extra) }
    return children
  }

  private func complete(_ value: JSON, _ node: Int, depth: Int = 0) -> JSON {
    guard active[node], depth < 256 else { return value }
    switch value {
    case .array(let items):
      guard let child = graph[node].items else { return value }
      return .array(items.map { complete($0, child, depth: depth + 1) })
    case .object(let object):
      return .object(complete(object, graph[node], depth))
    default: return value
    }
  }

  private func complete(_ object: JSONObject, _ node: SchemaGraph.Node, _ depth: Int)
    -> JSONObject
  {
    var completed = object
    for property in node.properties {
      if property.isReadOnly {
        completed[property.name] = nil
      } else if let present = object[property.name] {
        guard active[property.node] else { continue }
        completed[property.name] = complete(present, property.node, depth: depth + 1)
      } else if property.isRequired,
        let value = property.defaultValue ?? absent(property.node, depth: depth + 1)
      {
        completed[property.name] = value
      }
    }
    if case .node(let extra) = node.extras, active[extra] {
      for key in object.keys where node.property(key) == nil {
        completed[key] = object[key].map { complete($0, extra, depth: depth + 1) }
      }
    }
    return completed
  }
}
