import Definitions
import Diagnostics
import OrderedJSON

/// ARM templates: every workflow in one, with what can be known of the values around it.
extension ImportReader {
  mutating func readTemplate(_ value: JSON, _ path: String) {
    let template = ARMTemplate(value.objectValue ?? JSONObject())
    for resource in value["resources"]?.arrayValue ?? [] {
      let type = resource["type"]?.stringValue ?? ""
      let written = resource["name"] ?? .null
      let name = template.value(of: written)?.stringValue ?? Self.lastQuoted(written)
      switch type.lowercased() {
      case "microsoft.logic/workflows": takeResource(resource, name, template, path)
      case "microsoft.web/connections": takeConnection(resource, name)
      default:
        note(
          "the resource '\(name)' of type '\(type)' is left out",
          hint: "only workflows and connections are taken in",
          path
        )
      }
    }
  }

  private mutating func takeResource(
    _ resource: JSON,
    _ name: String,
    _ template: ARMTemplate,
    _ path: String
  ) {
    guard let properties = resource["properties"]?.objectValue else { return }
    var wrapper = properties
    if let kind = resource["kind"] { wrapper["kind"] = kind }
    var unknown: [String] = []
    let definition = resolved(properties["definition"] ?? .null, template, "definition", &unknown)
    wrapper["definition"] = definition
    wrapper["parameters"] = parameters(properties, template, &unknown)
    take(.object(wrapper), name, path)
    for place in unknown {
      note(
        "'\(place)' of '\(name)' is put together by the template and has no value here",
        hint: "write its value into the flow or into flows/parameters.json",
        path
      )
    }
  }

  private func parameters(
    _ properties: JSONObject,
    _ template: ARMTemplate,
    _ unknown: inout [String]
  ) -> JSON {
    var parameters = JSONObject()
    for member in properties["parameters"]?.objectValue?.members ?? [] {
      guard member.key != "$connections" else {
        // Names lead to connections; where those live does not matter.
        parameters[member.key] = member.value
        continue
      }
      if let value = member.value["value"].flatMap(template.value) {
        parameters[member.key] = ["value": value]
      } else {
        unknown.append("parameters/\(member.key)")
      }
    }
    return .object(parameters)
  }

  /// The value with what can be known of template expressions put in; the rest stays as it is.
  private func resolved(
    _ value: JSON,
    _ template: ARMTemplate,
    _ place: String,
    _ unknown: inout [String]
  ) -> JSON {
    switch value {
    case .string(let text):
      if let known = template.value(of: value) { return known }
      unknown.append(place)
      return .string(text)
    case .array(let elements):
      return .array(
        elements.enumerated().map { resolved($1, template, "\(place)/\($0)", &unknown) }
      )
    case .object(let object):
      var result = JSONObject()
      for member in object.members {
        result[member.key] = resolved(member.value, template, "\(place)/\(member.key)", &unknown)
      }
      return .object(result)
    default: return value
    }
  }

  private mutating func takeConnection(_ resource: JSON, _ name: String) {
    let api = resource["properties"]?["api"]?["id"]?.stringValue
    addConnection(name, api: api ?? name)
  }

  /// The last text in an expression of a template, which names most when nothing else does.
  private static func lastQuoted(_ value: JSON) -> String {
    let text = value.stringValue ?? ""
    let parts = text.split(separator: "'", omittingEmptySubsequences: false)
    return parts.count >= 3 ? String(parts[parts.count - 2]) : text
  }
}
