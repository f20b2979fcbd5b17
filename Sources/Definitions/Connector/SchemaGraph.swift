package import OrderedJSON

/// The structure of one schema with its references resolved; recursion is a loop of node numbers.
///
/// Source: connector format reference, section (b), body.
package struct SchemaGraph: Sendable {
  package enum Extras: Hashable, Sendable {
    case none
    case any
    /// Further members have this schema.
    case node(Int)
  }

  /// An object, array or scalar.
  package struct Node: Sendable {
    /// `object`, `array`, `string`, …; empty when the schema leaves it open.
    package var type: String
    package var format: String?
    package var properties: [Property] = []
    package var items: Int?
    package var extras: Extras = .none
    /// Whether the members are only known at run time.
    package var isDynamic = false
    /// The definition that it comes from: `accessToken` for `#/definitions/accessToken`.
    package var definitionName: String?

    package func property(_ name: String) -> Property? {
      properties.first { $0.name == name }
    }

    /// Whether members beyond `properties` make sense.
    package var isOpen: Bool {
      extras != .none || isDynamic || (properties.isEmpty && type != "array")
    }
  }

  /// A member of an object, with what the place of use says about it.
  package struct Property: Sendable {
    package var name: String
    package var node: Int
    package var isRequired: Bool
    package var isReadOnly: Bool
    package var isNotificationURL: Bool
    package var visibility: Visibility
    package var defaultValue: JSON?
    /// The schema at the place of use, references kept.
    package var schema: JSON
  }

  package internal(set) var nodes: [Node]
  /// The number of the node that the whole schema is.
  package internal(set) var root: Int

  package subscript(node: Int) -> Node { nodes[node] }

  /// The node at a path of member names; numbers step into arrays.
  package func node(at path: some Sequence<String>) -> Int? {
    var current = root
    for name in path {
      let node = nodes[current]
      if let property = node.property(name) {
        current = property.node
      } else if let items = node.items, name == "*" || Int(name) != nil {
        current = items
      } else if case .node(let extra) = node.extras {
        current = extra
      } else {
        return nil
      }
    }
    return current
  }

  /// The path of the first property that receives a callback URL.
  package var notificationURLPath: [String]? {
    var visited: Set<Int> = []
    return notificationPath(from: root, &visited)
  }

  private func notificationPath(from node: Int, _ visited: inout Set<Int>) -> [String]? {
    guard visited.insert(node).inserted else { return nil }
    for property in nodes[node].properties {
      if property.isNotificationURL { return [property.name] }
      if let rest = notificationPath(from: property.node, &visited) {
        return [property.name] + rest
      }
    }
    return nil
  }
}
