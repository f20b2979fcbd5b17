import OrderedJSON

/// A definition inside the file that wraps it.
struct FlowContainer {
  var definition: JSONObject
  var pointer: JSONPointer
  var kind: String?
  /// Values for the definition's parameters, from an ARM resource.
  var parameterValues = JSONObject()

  /// Finds the definition in a Logic Apps Standard file, an ARM template or resource, a Power
  /// Automate export, or a bare definition.
  ///
  /// Source: workflow language reference, section a.2.
  static func locate(in value: JSON) -> FlowContainer? {
    guard let object = value.objectValue else { return nil }
    if let resources = object["resources"]?.arrayValue { return locate(amongResources: resources) }
    if let properties = object["properties"]?.objectValue, properties["definition"] != nil {
      return wrapped(properties, at: JSONPointer(["properties"]))
    }
    if object["definition"]?.objectValue != nil { return wrapped(object, at: JSONPointer()) }
    guard object["actions"]?.objectValue != nil || object["triggers"]?.objectValue != nil else {
      return nil
    }
    return FlowContainer(definition: object, pointer: JSONPointer())
  }

  private static func locate(amongResources resources: [JSON]) -> FlowContainer? {
    for (index, resource) in resources.enumerated() {
      guard resource["type"]?.stringValue?.lowercased() == "microsoft.logic/workflows",
        let properties = resource["properties"]?.objectValue
      else { continue }
      return wrapped(properties, at: JSONPointer(["resources", String(index), "properties"]))
    }
    return nil
  }

  private static func wrapped(_ object: JSONObject, at pointer: JSONPointer) -> FlowContainer? {
    guard let definition = object["definition"]?.objectValue else { return nil }
    var container = FlowContainer(
      definition: definition,
      pointer: pointer.appending("definition"),
      kind: object["kind"]?.stringValue
    )
    for (name, parameter) in (object["parameters"]?.objectValue ?? [:]).members.map({
      ($0.key, $0.value)
    }) {
      if let value = parameter["value"] { container.parameterValues[name] = value }
    }
    return container
  }
}
