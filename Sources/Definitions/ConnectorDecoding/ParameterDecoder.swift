internal import OrderedJSON

/// Reads one parameter object.
///
/// Source: OpenAPI 2.0, Parameter Object; connector format reference, section (b).
enum ParameterDecoder {
  static func parameter(
    _ name: String,
    _ location: ParameterLocation,
    _ definition: JSONObject
  ) -> OperationParameter {
    OperationParameter(
      name: name,
      location: location,
      isRequired: definition["required"]?.boolValue ?? (location == .path),
      type: definition["type"]?.stringValue ?? definition["schema"]?["type"]?.stringValue ?? "",
      format: definition["format"]?.stringValue,
      collectionFormat: definition["collectionFormat"]?.stringValue
        .flatMap(CollectionFormat.init) ?? .csv,
      defaultValue: definition["default"],
      visibility: Visibility(text: definition["x-ms-visibility"]?.stringValue),
      isEncodedTwice: location == .path
        && definition["x-ms-url-encoding"]?.stringValue?.lowercased() == "double",
      definition: definition
    )
  }

  static func body(_ name: String, _ definition: JSONObject) -> BodyParameter {
    BodyParameter(
      name: name.isEmpty ? "body" : name,
      isRequired: definition["required"]?.boolValue ?? false,
      schema: definition["schema"] ?? .object(JSONObject()),
      definition: definition
    )
  }
}
