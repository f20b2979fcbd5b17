package import OrderedJSON

/// Reads one schema into a graph, each definition once.
///
/// Source: connector format reference, section (b), body.
struct SchemaGraphBuilder {
  let resolver: SchemaResolver
  private var nodes: [SchemaGraph.Node] = []
  private var known: [String: Int] = [:]
  private let depthLimit = 128

  init(resolver: SchemaResolver) { self.resolver = resolver }

  mutating func build(_ schema: JSON) -> SchemaGraph {
    let root = node(schema, depth: 0)
    return SchemaGraph(nodes: nodes, root: root)
  }

  private mutating func node(_ schema: JSON, depth: Int) -> Int {
    guard depth < depthLimit else { return append(SchemaGraph.Node(type: "", extras: .any)) }
    guard let reference = schema["$ref"]?.stringValue else {
      return fill(append(SchemaGraph.Node(type: "")), schema, depth)
    }
    if let number = known[reference] { return number }
    let number = append(SchemaGraph.Node(type: ""))
    known[reference] = number
    _ = fill(number, .object(resolver.resolve(schema)), depth)
    nodes[number].definitionName = Self.definitionName(reference)
    return number
  }

  private mutating func append(_ node: SchemaGraph.Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func fill(_ number: Int, _ schema: JSON, _ depth: Int) -> Int {
    var parts: [JSONObject] = []
    collect(schema, into: &parts, depth: depth)
    var node = SchemaGraph.Node(type: "")
    for part in parts {
      if node.type.isEmpty { node.type = Self.type(part) }
      node.format = node.format ?? part["format"]?.stringValue
      node.isDynamic = node.isDynamic || Self.isDynamic(part)
    }
    nodes[number] = node
    let required = Set(
      parts.flatMap { part in
        (part["required"]?.arrayValue ?? []).compactMap(\.stringValue)
      }
    )
    for part in parts { addStructure(of: part, to: number, required, depth) }
    return number
  }

  /// The schema and everything it includes by `allOf`.
  private func collect(_ schema: JSON, into parts: inout [JSONObject], depth: Int) {
    guard parts.count < 64, depth < depthLimit else { return }
    let object = resolver.resolve(schema)
    for part in object["allOf"]?.arrayValue ?? [] {
      collect(part, into: &parts, depth: depth + 1)
    }
    parts.append(object)
  }

  private mutating func addStructure(
    of part: JSONObject,
    to number: Int,
    _ required: Set<String>,
    _ depth: Int
  ) {
    for member in part["properties"]?.objectValue?.members ?? [] {
      let property = property(member.key, member.value, required, depth)
      nodes[number].properties.removeAll { $0.name == member.key }
      nodes[number].properties.append(property)
    }
    if let items = part["items"], items.objectValue != nil {
      let child = node(items, depth: depth + 1)
      nodes[number].items = child
    }
    switch part["additionalProperties"] {
    case .bool(true): nodes[number].extras = .any
    case .object(let schema):
      let child = node(.object(schema), depth: depth + 1)
      nodes[number].extras = .node(child)
    default: break
    }
  }

  private mutating func property(
    _ name: String,
    _ schema: JSON,
    _ required: Set<String>,
    _ depth: Int
  ) -> SchemaGraph.Property {
    SchemaGraph.Property(
      name: name,
      node: node(schema, depth: depth + 1),
      isRequired: required.contains(name),
      isReadOnly: resolver.keyword("readOnly", of: schema)?.boolValue ?? false,
      isNotificationURL: Self.isTrue(resolver.keyword("x-ms-notification-url", of: schema)),
      visibility: Visibility(text: resolver.keyword("x-ms-visibility", of: schema)?.stringValue),
      defaultValue: resolver.keyword("default", of: schema),
      schema: schema
    )
  }

  private static func isTrue(_ value: JSON?) -> Bool {
    value?.boolValue ?? (value?.stringValue?.lowercased() == "true")
  }

  private static func type(_ schema: JSONObject) -> String {
    if let type = schema["type"]?.stringValue { return type }
    if schema["properties"] != nil { return "object" }
    return schema["items"] != nil ? "array" : ""
  }

  private static func isDynamic(_ schema: JSONObject) -> Bool {
    schema["x-ms-dynamic-schema"] != nil || schema["x-ms-dynamic-properties"] != nil
  }

  private static func definitionName(_ reference: String) -> String? {
    guard reference.hasPrefix("#/definitions/") else { return nil }
    return JSONPointer(text: String(reference.dropFirst()))?.tokens.last
  }
}

extension SchemaResolver {
  /// The structure of a schema.
  package func graph(of schema: JSON) -> SchemaGraph {
    var builder = SchemaGraphBuilder(resolver: self)
    return builder.build(schema)
  }
}
