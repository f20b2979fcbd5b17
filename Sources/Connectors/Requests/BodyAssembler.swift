internal import Definitions
internal import Diagnostics
internal import OrderedJSON

/// Makes one body out of the whole body and the members given by path.
///
/// Source: connector format reference, section (b), how callers name inputs.
struct BodyAssembler: Sendable {
  let operation: String
  let body: BodyParameter
  let graph: SchemaGraph
  let defaults: BodyDefaults

  init(operation: String, body: BodyParameter, schemas: SchemaResolver) {
    self.operation = operation
    self.body = body
    graph = schemas.graph(of: body.schema)
    defaults = BodyDefaults(graph)
  }

  var rootType: String { graph[graph.root].type }

  /// The path that a key like `body/owner/id` means; empty for the body itself, `nil` for others.
  func path(of key: String) -> [String]? {
    if key == body.name { return [] }
    guard key.utf8.count > body.name.utf8.count, key.hasPrefix(body.name),
      key.utf8[key.utf8.index(key.utf8.startIndex, offsetBy: body.name.utf8.count)]
        == UInt8(ascii: "/")
    else { return nil }
    return JSONPointer(text: String(Substring(key.utf8.dropFirst(body.name.utf8.count))))?.tokens
  }

  /// Whether the schema has a member at this path, or leaves room for it.
  func allows(_ path: [String]) -> Bool {
    var node = graph[graph.root]
    for name in path {
      if let property = node.property(name) {
        node = graph[property.node]
      } else if case .node(let extra) = node.extras {
        node = graph[extra]
      } else {
        return node.isOpen
      }
    }
    return true
  }

  /// The keys of every member that an author can give, to the depth of nested objects.
  func keys(limit: Int = 2_000) -> [String] {
    var keys = [body.name]
    collectKeys(graph.root, prefix: body.name, &keys, limit: limit, depth: 0)
    return keys
  }

  private func collectKeys(
    _ node: Int,
    prefix: String,
    _ keys: inout [String],
    limit: Int,
    depth: Int
  ) {
    guard depth < 8 else { return }
    for property in graph[node].properties where keys.count < limit && !property.isReadOnly {
      let key = prefix + "/" + property.name
      keys.append(key)
      collectKeys(property.node, prefix: key, &keys, limit: limit, depth: depth + 1)
    }
  }

  /// The body to send; `nil` when there is none.
  ///
  /// - Throws: C0004 when a required body is absent.
  func assemble(whole: JSON?, members: [(path: [String], value: JSON)]) throws(Diagnostic)
    -> JSON?
  {
    if whole == nil, members.isEmpty { return try absentBody() }
    var value = whole.map { members.isEmpty ? $0 : Self.parsed($0) } ?? .object(JSONObject())
    for member in members {
      if member.value.isNull, !isNullable(member.path) { continue }
      value = Self.setting(member.path[...], of: value, to: member.value)
    }
    if whole == nil { try checkRequired(value, graph.root, path: body.name, depth: 0) }
    return isEnvelope(value) ? value : defaults.complete(value)
  }

  private func absentBody() throws(Diagnostic) -> JSON? {
    guard body.isRequired else { return nil }
    guard rootType == "object" else {
      throw missing(body.name)
    }
    let value = JSON.object(JSONObject())
    try checkRequired(value, graph.root, path: body.name, depth: 0)
    return defaults.complete(value)
  }

  private func isEnvelope(_ value: JSON) -> Bool {
    value["$content"] != nil || value["$multipart"] != nil || value["$formdata"] != nil
  }

  private func isNullable(_ path: [String]) -> Bool {
    var node = graph.root
    var schema: JSON?
    for name in path {
      guard let property = graph[node].property(name) else { return true }
      (node, schema) = (property.node, property.schema)
    }
    return schema?["x-nullable"]?.boolValue ?? schema?["nullable"]?.boolValue ?? false
  }

  /// Members given one by one are inputs like any other: a required one must be there.
  private func checkRequired(
    _ value: JSON,
    _ node: Int,
    path: String,
    depth: Int
  ) throws(Diagnostic) {
    guard depth < 16 else { return }
    for property in graph[node].properties where !property.isReadOnly {
      let key = path + "/" + property.name
      if let present = value[property.name] {
        guard present.objectValue != nil else { continue }
        try checkRequired(present, property.node, path: key, depth: depth + 1)
      } else if isExpected(property) {
        throw missing(key)
      }
    }
  }

  func isExpected(_ property: SchemaGraph.Property) -> Bool {
    property.isRequired && property.defaultValue == nil && property.visibility != .internal
      && !property.isNotificationURL && defaults.absent(property.node) == nil
      && !(graph[property.node].type == "object" && !requiresAnything(property.node))
  }

  /// A required object without required members may as well be absent.
  private func requiresAnything(_ node: Int) -> Bool {
    graph[node].properties.contains { $0.isRequired && $0.visibility != .internal }
  }

  func missing(_ key: String) -> Diagnostic {
    Diagnostic(
      .missingParameter,
      "'\(operation)' needs the parameter '\(key)'",
      hint: "add '\(key)' to the parameters"
    )
  }

  /// Members go into the object that a text holds.
  private static func parsed(_ whole: JSON) -> JSON {
    guard case .string(let text) = whole, let value = try? JSON(parsing: text) else { return whole }
    return value.objectValue == nil ? whole : value
  }

  private static func setting(_ path: ArraySlice<String>, of value: JSON, to new: JSON) -> JSON {
    guard let name = path.first else { return merging(value, with: new) }
    var object = value.objectValue ?? JSONObject()
    let rest = path.dropFirst()
    object[name] = setting(rest, of: object[name] ?? .null, to: new)
    return .object(object)
  }

  /// Objects are merged member by member; anything else is replaced.
  private static func merging(_ value: JSON, with new: JSON) -> JSON {
    guard case .object(var object) = value, case .object(let added) = new else { return new }
    for member in added.members {
      object[member.key] = merging(object[member.key] ?? .null, with: member.value)
    }
    return .object(object)
  }
}
