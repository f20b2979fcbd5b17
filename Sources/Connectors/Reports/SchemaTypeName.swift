internal import Definitions
internal import OrderedJSON

/// The type column of a reference page.
///
/// Source: connector format reference, section (j), parameters.
struct SchemaTypeName {
  let resolver: SchemaResolver

  /// `string`, `date-time`, `array of string`, `dynamic`, or the name of a definition.
  func name(of schema: JSON, depth: Int = 0) -> String {
    let resolved = resolver.resolve(schema)
    if let definition = definition(of: schema) { return definition }
    if resolved["x-ms-dynamic-schema"] != nil || resolved["x-ms-dynamic-properties"] != nil {
      return "dynamic"
    }
    let type = resolved["type"]?.stringValue ?? (resolved["properties"] == nil ? "" : "object")
    if type == "array", depth < 8 {
      let items = resolved["items"].map { name(of: $0, depth: depth + 1) } ?? ""
      return items.isEmpty ? "array" : "array of \(items)"
    }
    if let format = resolved["format"]?.stringValue, type == "string", format != "string" {
      return format
    }
    return type
  }

  /// The definition that an object schema refers to; scalars show their own type.
  func definition(of schema: JSON) -> String? {
    guard let reference = schema["$ref"]?.stringValue, reference.hasPrefix("#/definitions/"),
      let name = JSONPointer(text: String(reference.dropFirst()))?.tokens.last
    else { return nil }
    let resolved = resolver.resolve(schema)
    let isObject =
      resolved["type"]?.stringValue == "object" || resolved["properties"] != nil
      || resolved["allOf"] != nil
    return isObject ? name : nil
  }

  /// The definition of a schema or of what its arrays hold.
  func innerDefinition(of schema: JSON) -> String? {
    var current = schema
    for _ in 0..<8 {
      if let name = definition(of: current) { return name }
      guard let items = resolver.resolve(current)["items"] else { return nil }
      current = items
    }
    return nil
  }
}
