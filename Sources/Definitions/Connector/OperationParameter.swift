package import OrderedJSON

/// One path, query, header or form parameter of an operation.
///
/// Source: connector format reference, section (b), parameters.
package struct OperationParameter: Sendable {
  package var name: String
  package var location: ParameterLocation
  package var isRequired: Bool
  /// Such as `string`, `integer`, `array`, `file`; empty when the definition says none.
  package var type: String
  package var format: String?
  package var collectionFormat: CollectionFormat
  package var defaultValue: JSON?
  package var visibility: Visibility
  /// Whether a path value is percent-encoded twice.
  package var isEncodedTwice: Bool
  /// The parameter as the definition has it, for titles, enumerations and dynamic values.
  package var definition: JSONObject

  package var isArray: Bool { type == "array" }
  package var isFile: Bool { type == "file" }
  /// Whether only the platform fills it in.
  package var isInternal: Bool { visibility == .internal }

  package var title: String? { definition["x-ms-summary"]?.stringValue }
  package var description: String? { definition["description"]?.stringValue }
}
