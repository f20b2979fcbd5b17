package import OrderedJSON

/// Where the choices for an input come from: another operation of the same connector.
///
/// Source: connector format reference, section (d), `x-ms-dynamic-values` and `x-ms-dynamic-list`.
package struct DynamicSource: Sendable {
  package enum Argument: Sendable {
    case value(JSON)
    /// The value of another input, by its key or its path such as `body/site`.
    case reference(String)
  }

  package var operationID: String
  package var arguments: [(name: String, value: Argument)]
  /// From the answer to the array; empty when the answer is the array.
  package var itemsPath: [String]
  package var valuePath: [String]
  package var titlePath: [String]

  /// Reads the better of the two extensions; `nil` when there is none that names an operation.
  package init?(_ definition: JSONObject) {
    if let list = definition["x-ms-dynamic-list"]?.objectValue, let source = Self.list(list) {
      self = source
    } else if let values = definition["x-ms-dynamic-values"]?.objectValue,
      let source = Self.values(values)
    {
      self = source
    } else {
      return nil
    }
  }

  private init(
    operationID: String,
    arguments: [(name: String, value: Argument)],
    paths: (items: String?, value: String?, title: String?)
  ) {
    self.operationID = operationID
    self.arguments = arguments
    itemsPath = Self.path(paths.items)
    valuePath = Self.path(paths.value)
    titlePath = Self.path(paths.title)
  }

  private static func list(_ object: JSONObject) -> DynamicSource? {
    guard let id = object["operationId"]?.stringValue else { return nil }
    return DynamicSource(
      operationID: id,
      arguments: arguments(object, reference: "parameterReference"),
      paths: (
        object["itemsPath"]?.stringValue, object["itemValuePath"]?.stringValue,
        object["itemTitlePath"]?.stringValue
      )
    )
  }

  private static func values(_ object: JSONObject) -> DynamicSource? {
    guard let id = object["operationId"]?.stringValue else { return nil }
    return DynamicSource(
      operationID: id,
      arguments: arguments(object, reference: "parameter"),
      paths: (
        object["value-collection"]?.stringValue, object["value-path"]?.stringValue,
        object["value-title"]?.stringValue
      )
    )
  }

  private static func arguments(
    _ object: JSONObject,
    reference key: String
  ) -> [(name: String, value: Argument)] {
    (object["parameters"]?.objectValue?.members ?? []).map { member in
      if let reference = member.value[key]?.stringValue {
        return (member.key, .reference(reference))
      }
      return (member.key, .value(member.value["value"] ?? member.value))
    }
  }

  /// JSON pointers without their leading slash.
  private static func path(_ text: String?) -> [String] {
    guard let text, !text.isEmpty else { return [] }
    return JSONPointer(text: text.hasPrefix("/") ? text : "/" + text)?.tokens ?? []
  }
}
