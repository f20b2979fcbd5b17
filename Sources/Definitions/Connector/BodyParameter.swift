package import OrderedJSON

/// The JSON or binary body of an operation.
///
/// Source: connector format reference, section (b), body.
package struct BodyParameter: Sendable {
  /// The first segment of flattened keys: usually `body`, but any name occurs.
  package var name: String
  package var isRequired: Bool
  package var schema: JSON
  package var definition: JSONObject

  package var title: String? { definition["x-ms-summary"]?.stringValue }
  package var description: String? { definition["description"]?.stringValue }
  package var visibility: Visibility {
    Visibility(text: definition["x-ms-visibility"]?.stringValue)
  }
}
