package import Definitions
package import OrderedJSON

/// The rows of a table of outputs.
///
/// Source: connector format reference, section (j), returns.
package struct ReturnRows {
  static let columns = ["Name", "Path", "Type", "Description"]

  private let types: SchemaTypeName
  /// Name, path, type and description of each row.
  package private(set) var cells: [[String]] = []
  /// The definitions that the rows refer to.
  private(set) var definitions: Set<String> = []

  init(resolver: SchemaResolver) { types = SchemaTypeName(resolver: resolver) }

  /// The members of a schema; one row `Body` when it is a definition or has no members.
  package init(schema: JSON, resolver: SchemaResolver) {
    self.init(resolver: resolver)
    if let name = types.definition(of: schema) {
      definitions.insert(name)
      cells.append(["Body", "", Self.link(name), ""])
    } else {
      addMembers(of: schema, path: "", depth: 0)
      if cells.isEmpty { addRoot(schema) }
    }
  }

  /// The members of a definition itself.
  package init(definition schema: JSON, resolver: SchemaResolver) {
    self.init(resolver: resolver)
    addMembers(of: schema, path: "", depth: 0)
  }

  private mutating func addRoot(_ schema: JSON) {
    let resolved = types.resolver.resolve(schema)
    if let inner = types.innerDefinition(of: schema) { definitions.insert(inner) }
    let name = resolved["x-ms-summary"]?.stringValue ?? resolved["title"]?.stringValue ?? "Body"
    let description = resolved["description"]?.stringValue ?? ""
    cells.append([name, "", types.name(of: schema), description])
  }

  private mutating func addMembers(of schema: JSON, path: String, depth: Int) {
    guard depth < 12, cells.count < 2_000 else { return }
    let resolved = types.resolver.resolve(schema)
    for part in resolved["allOf"]?.arrayValue ?? [] {
      addMembers(of: part, path: path, depth: depth + 1)
    }
    if let items = resolved["items"], types.definition(of: items) == nil {
      addMembers(of: items, path: path, depth: depth + 1)
    }
    for member in resolved["properties"]?.objectValue?.members ?? [] {
      add(member, path: path.isEmpty ? member.key : "\(path).\(member.key)", depth)
    }
  }

  private mutating func add(_ member: JSONObject.Member, path: String, _ depth: Int) {
    let visibility = types.resolver.keyword("x-ms-visibility", of: member.value)?.stringValue
    guard Visibility(text: visibility) != .internal else { return }
    let resolved = types.resolver.resolve(member.value)
    if let inner = types.innerDefinition(of: member.value) { definitions.insert(inner) }
    let isPlainObject = types.definition(of: member.value) == nil && resolved["properties"] != nil
    if !isPlainObject {
      cells.append([
        text("x-ms-summary", member) ?? text("title", member) ?? member.key, path,
        typeCell(member.value), text("description", member) ?? "",
      ])
    }
    if types.definition(of: member.value) == nil {
      addMembers(of: member.value, path: path, depth: depth + 1)
    }
  }

  private func text(_ key: String, _ member: JSONObject.Member) -> String? {
    types.resolver.keyword(key, of: member.value)?.stringValue
  }

  private func typeCell(_ schema: JSON) -> String {
    types.definition(of: schema).map(Self.link) ?? types.name(of: schema)
  }

  private static func link(_ definition: String) -> String {
    "[\(definition)](#\(ReferencePage.anchor(definition)))"
  }
}
