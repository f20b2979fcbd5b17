import OrderedJSON

/// A definition inside the file that wraps it.
struct FlowContainer {
  var definition: JSONObject
  var pointer: JSONPointer
  var kind: String?
  /// Values for the definition's parameters, from an ARM resource.
  var parameterValues = JSONObject()
  /// The connections that a Power Automate export lists.
  var connectionReferences = JSONObject()
  /// Values that an ARM template could not give, by the place where they were asked for.
  var unresolved: [JSONPointer] = []

  /// Finds the definition in a Logic Apps Standard file, an ARM template or resource, a Power
  /// Automate export, or a bare definition.
  ///
  /// Source: workflow language reference, section a.2.
  static func locate(in value: JSON) -> FlowContainer? {
    guard let object = value.objectValue else { return nil }
    if let resources = object["resources"]?.arrayValue {
      return locate(amongResources: resources, template: object)
    }
    if let properties = object["properties"]?.objectValue, properties["definition"] != nil {
      return wrapped(properties, at: JSONPointer(["properties"]), kind: object["kind"])
    }
    if object["definition"]?.objectValue != nil { return wrapped(object, at: JSONPointer()) }
    if let data = object["clientdata"]?.stringValue { return locate(inClientData: data) }
    guard object["actions"]?.objectValue != nil || object["triggers"]?.objectValue != nil else {
      return nil
    }
    return FlowContainer(definition: object, pointer: JSONPointer())
  }

  private static func locate(amongResources resources: [JSON], template: JSONObject)
    -> FlowContainer?
  {
    for (index, resource) in resources.enumerated() {
      guard resource["type"]?.stringValue?.lowercased() == "microsoft.logic/workflows",
        let properties = resource["properties"]?.objectValue
      else { continue }
      let place = JSONPointer(["resources", String(index), "properties"])
      guard var container = wrapped(properties, at: place, kind: resource["kind"]) else { continue }
      container.resolveValues(from: ARMTemplate(template), at: place.appending("parameters"))
      return container
    }
    return nil
  }

  /// A solution of Power Automate may keep the whole flow as a text; places are then those of the
  /// text as a whole.
  private static func locate(inClientData text: String) -> FlowContainer? {
    guard let value = try? JSON(parsing: text), var container = locate(in: value) else {
      return nil
    }
    container.pointer = JSONPointer(["clientdata"] + container.pointer.tokens)
    return container
  }

  private static func wrapped(_ object: JSONObject, at pointer: JSONPointer, kind: JSON? = nil)
    -> FlowContainer?
  {
    guard let definition = object["definition"]?.objectValue else { return nil }
    var container = FlowContainer(
      definition: definition,
      pointer: pointer.appending("definition"),
      kind: (object["kind"] ?? kind)?.stringValue
    )
    for member in object["parameters"]?.objectValue?.members ?? [] {
      if let value = member.value["value"] { container.parameterValues[member.key] = value }
    }
    container.connectionReferences = object["connectionReferences"]?.objectValue ?? JSONObject()
    return container
  }

  private mutating func resolveValues(from template: ARMTemplate, at pointer: JSONPointer) {
    for member in parameterValues.members where member.key.lowercased() != "$connections" {
      guard let value = template.value(of: member.value) else {
        unresolved.append(pointer.appending(member.key).appending("value"))
        parameterValues[member.key] = nil
        continue
      }
      parameterValues[member.key] = value
    }
  }
}
