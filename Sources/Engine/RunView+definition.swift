import Definitions
package import OrderedJSON

/// Definitions as people see them.
extension RunView {
  /// A flow's definition with the default values of secure parameters and every credential of an
  /// action or trigger masked.
  ///
  /// Source: workflow language reference, section a.1 ("secure types are never returned by GET").
  package static func masked(definition: JSON) -> JSON {
    guard var object = definition.objectValue else { return definition }
    object["parameters"] = object["parameters"].map(maskedParameters)
    for member in ["triggers", "actions"] {
      object[member] = object[member].map { mapped($0, maskedStep) }
    }
    return .object(object)
  }

  private static func maskedParameters(_ parameters: JSON) -> JSON {
    mapped(parameters) { parameter in
      guard var object = parameter.objectValue,
        object["type"]?.stringValue?.lowercased().hasPrefix("secure") == true
      else { return parameter }
      if object["defaultValue"] != nil { object["defaultValue"] = mask }
      return .object(object)
    }
  }

  /// An action or trigger, with the actions inside it.
  private static func maskedStep(_ step: JSON) -> JSON {
    guard var object = step.objectValue else { return step }
    object["inputs"] = object["inputs"].map(CredentialMembers.masked)
    object["actions"] = object["actions"].map { mapped($0, maskedStep) }
    // A branch has actions, like a scope.
    for member in ["else", "default"] { object[member] = object[member].map(maskedStep) }
    object["cases"] = object["cases"].map { mapped($0, maskedStep) }
    return .object(object)
  }

  private static func mapped(_ value: JSON, _ transform: (JSON) -> JSON) -> JSON {
    guard let object = value.objectValue else { return value }
    return .object(JSONObject(object.members.map { ($0.key, transform($0.value)) }))
  }
}
