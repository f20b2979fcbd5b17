package import Definitions
package import OrderedJSON
import Connectors

/// An answer of an operation with the members that it declares, to be filled in.
package enum ResponseSkeleton {
  /// `{"status", "body"}` of the response that describes the outputs.
  package static func response(of operation: ConnectorOperation, in connector: Connector) -> JSON {
    let success = operation.responses.first(where: \.isSuccess)
    let described = operation.describedResponse ?? success
    let status = described.flatMap { Int64($0.status) } ?? success.flatMap { Int64($0.status) }
    var response: JSONObject = ["status": .integer(status ?? 200)]
    if let schema = described?.schema {
      let graph = connector.schemas.graph(of: schema)
      response["body"] = value(graph.root, in: graph, path: [], schema: schema)
    }
    return .object(response)
  }

  private static func value(
    _ number: Int,
    in graph: SchemaGraph,
    path: [Int],
    schema: JSON
  ) -> JSON {
    let node = graph[number]
    if let given = schema["example"] ?? schema["default"] ?? schema["enum"]?[0] { return given }
    guard path.count < 6, !path.contains(number) else { return .null }
    switch node.type {
    case "string": return text(node.format)
    case "integer": return 0
    case "number": return 0
    case "boolean": return false
    case "array":
      return node.items.map { [value($0, in: graph, path: path + [number], schema: .null)] } ?? []
    default:
      let members = node.properties.prefix(40).map { property in
        (
          property.name,
          value(property.node, in: graph, path: path + [number], schema: property.schema)
        )
      }
      return .object(JSONObject(members))
    }
  }

  private static func text(_ format: String?) -> JSON {
    switch format {
    case "date-time": "2026-01-01T00:00:00Z"
    case "date": "2026-01-01"
    case "uuid": "00000000-0000-0000-0000-000000000000"
    case "uri": "https://example.com"
    case "byte", "binary": ""
    default: ""
    }
  }
}
