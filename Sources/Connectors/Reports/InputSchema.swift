package import Definitions
package import OrderedJSON

/// A JSON Schema for the `parameters` of an action that calls an operation, for editors.
///
/// Any value may also be an expression, so each schema accepts a string that starts with `@`.
///
/// Source: JSON Schema draft 7; connector format reference, section (b), how callers name inputs.
package struct InputSchema {
  private let resolver: SchemaResolver
  private var properties = JSONObject()
  private var required: [JSON] = []
  /// Patterns of further names, where schemas leave room for them.
  private var patterns = JSONObject()
  /// Whether inputs that people are not asked for are in it too.
  private let isComplete: Bool

  private init(resolver: SchemaResolver, isComplete: Bool) {
    self.resolver = resolver
    self.isComplete = isComplete
  }

  /// The schema of one operation's flat parameter map: of what people are asked for, or of all that
  /// may be given.
  package static func schema(
    for operation: ConnectorOperation,
    of connector: Connector,
    isComplete: Bool = false
  ) -> JSON {
    var schema = InputSchema(resolver: connector.schemas, isComplete: isComplete)
    for parameter in operation.parameters where isComplete || !parameter.isInternal {
      schema.add(parameter)
    }
    if let body = operation.body { schema.add(body) }
    var object: JSONObject = [
      "type": "object", "additionalProperties": false, "properties": .object(schema.properties),
    ]
    if isComplete {
      // A name may be an expression.
      schema.patterns["^@"] = [:]
      object["patternProperties"] = .object(schema.patterns)
    }
    if !schema.required.isEmpty { object["required"] = .array(schema.required) }
    return .object(object)
  }

  private mutating func add(_ parameter: OperationParameter) {
    properties[parameter.name] = described(.object(parameter.definition))
    if parameter.isRequired, parameter.defaultValue == nil, !parameter.isInternal {
      required.append(.string(parameter.name))
    }
    guard parameter.isFile else { return }
    leaveRoom(below: parameter.name)
    properties["\(parameter.name)/$filename"] = ["type": "string", "title": "File name"]
  }

  private mutating func add(_ body: BodyParameter) {
    properties[body.name] = described(body.schema)
    let graph = resolver.graph(of: body.schema)
    addMembers(of: graph.root, in: graph, prefix: body.name, path: [])
  }

  private mutating func addMembers(
    of node: Int,
    in graph: SchemaGraph,
    prefix: String,
    path: [Int]
  ) {
    guard path.count < 6, !path.contains(node), properties.count < 2_000 else {
      return leaveRoom(below: prefix)
    }
    let isScalar = ["string", "integer", "number", "boolean"].contains(graph[node].type)
    if graph[node].isOpen, !isScalar { leaveRoom(below: prefix) }
    for property in graph[node].properties
    where isComplete || !property.isReadOnly && property.visibility != .internal {
      let key = "\(prefix)/\(property.name)"
      properties[key] = described(property.schema)
      addMembers(of: property.node, in: graph, prefix: key, path: path + [node])
    }
  }

  private mutating func leaveRoom(below prefix: String) {
    guard isComplete else { return }
    // Nothing else may be escaped where patterns are read as Unicode.
    let quoted = prefix.map { "^$\\.*+?()[]{}|".contains($0) ? "\\\($0)" : "\($0)" }
    patterns["^\(quoted.joined())/"] = [:]
  }

  /// Title, description, type, enumeration and default, or an expression.
  private func described(_ schema: JSON) -> JSON {
    var value = JSONObject()
    let types = ["string", "integer", "number", "boolean", "array", "object"]
    if let type = resolver.keyword("type", of: schema)?.stringValue, types.contains(type) {
      value["type"] = .string(type)
    }
    value["enum"] = resolver.keyword("enum", of: schema)
    if value["type"] == "array", let items = resolver.keyword("items", of: schema),
      let words = resolver.keyword("enum", of: items)
    {
      value["items"] = ["anyOf": [["enum": words], ["type": "string", "pattern": "^@"]]]
    }
    var described = JSONObject()
    described["title"] = resolver.keyword("x-ms-summary", of: schema)
    described["description"] = resolver.keyword("description", of: schema)
    described["default"] = resolver.keyword("default", of: schema)
    if !value.isEmpty {
      described["anyOf"] = [.object(value), ["type": "string", "pattern": "^@"]]
    }
    return .object(described)
  }
}
