internal import HTTPMessages
package import OrderedJSON

/// Follows `$ref` inside one definition.
///
/// Source: OpenAPI 2.0, Reference Object; RFC 6901.
package struct SchemaResolver: Sendable {
  package let root: JSON

  package init(root: JSON) { self.root = root }

  /// What a reference leads to; `nil` when it leads nowhere or out of the document.
  package func target(of reference: String) -> JSON? {
    guard reference.hasPrefix("#"), let pointer = JSONPointer(text: String(reference.dropFirst()))
    else { return nil }
    return root.value(at: pointer) ?? decodedTarget(pointer)
  }

  /// The object itself, or what its chain of references ends in.
  ///
  /// A loop of references ends in an empty object.
  package func resolve(_ value: JSON) -> JSONObject {
    var current = value.objectValue ?? JSONObject()
    for _ in 0..<32 {
      guard let reference = current["$ref"]?.stringValue else { return current }
      guard let next = target(of: reference)?.objectValue else { return JSONObject() }
      current = next
    }
    return JSONObject()
  }

  /// A keyword of a schema: its own, else that of what it refers to.
  package func keyword(_ key: String, of schema: JSON) -> JSON? {
    if let own = schema[key] { return own }
    guard schema["$ref"] != nil else { return nil }
    return resolve(schema)[key]
  }

  /// References may be percent-encoded, as they are URI fragments.
  private func decodedTarget(_ pointer: JSONPointer) -> JSON? {
    guard pointer.tokens.contains(where: { $0.contains("%") }) else { return nil }
    return root.value(at: JSONPointer(pointer.tokens.map { PercentEncoding.decode($0) }))
  }
}
