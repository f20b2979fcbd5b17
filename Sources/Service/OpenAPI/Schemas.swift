import OrderedJSON

/// The shapes of what goes in and comes out, by name.
///
/// Source: JSON Schema 2020-12, as OpenAPI 3.1 uses it.
enum Schemas {
  static let all: JSONObject = JSONObject(
    (general + workflows + runs + access + contents).sorted { $0.0 < $1.0 }
  )

  // MARK: Building

  static let text: JSON = ["type": "string"]
  static let flag: JSON = ["type": "boolean"]
  static let number: JSON = ["type": "number"]
  static let count: JSON = ["type": "integer", "minimum": 0]
  static let time: JSON = ["type": "string", "format": "date-time"]
  static let object: JSON = ["type": "object"]
  static let maybeText: JSON = ["type": ["string", "null"]]
  static let maybeTime: JSON = ["type": ["string", "null"], "format": "date-time"]

  static func reference(_ name: String) -> JSON {
    ["$ref": .string("#/components/schemas/\(name)")]
  }

  static func oneOf(_ values: [String]) -> JSON {
    ["type": "string", "enum": .array(values.map { .string($0) })]
  }

  static func array(_ items: JSON) -> JSON { ["type": "array", "items": items] }

  /// An object that may have members beside those that are described.
  static func object(_ required: JSONObject, _ optional: JSONObject = JSONObject()) -> JSON {
    let members = required.members + optional.members
    return [
      "type": "object",
      "required": .array(required.keys.map { .string($0) }),
      "properties": .object(JSONObject(members.map { ($0.key, $0.value) })),
    ]
  }

  /// An object that has no other members.
  static func closed(_ required: JSONObject, _ optional: JSONObject = JSONObject()) -> JSON {
    guard var schema = object(required, optional).objectValue else { return object }
    schema["additionalProperties"] = false
    return .object(schema)
  }

  /// A resource in its envelope.
  static func resource(_ type: String, _ properties: JSON) -> JSON {
    object([
      "id": text, "name": text, "type": ["const": .string(type)], "properties": properties,
    ])
  }

  /// A page of a list.
  static func list(_ name: String) -> JSON {
    object(["value": array(reference(name))], ["nextLink": text])
  }
}
