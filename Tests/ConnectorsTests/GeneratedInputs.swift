import Definitions
import OrderedJSON

/// Makes up inputs for any operation, straight from the JSON of its definition.
struct GeneratedInputs {
  let root: JSON
  let parameters: [JSON]

  init(root: JSON, item: JSON, operation: JSON) {
    self.root = root
    var seen: Set<String> = []
    let own = operation["parameters"]?.arrayValue ?? []
    let inherited = item["parameters"]?.arrayValue ?? []
    parameters = (own + inherited).map { Self.resolved($0, root) }.filter { parameter in
      seen.insert("\(parameter["in"]?.text ?? "") \(parameter["name"]?.text ?? "")").inserted
    }
  }

  static func resolved(_ value: JSON, _ root: JSON) -> JSON {
    var current = value
    for _ in 0..<10 {
      guard let reference = current["$ref"]?.stringValue else { return current }
      current = JSONPointer(text: String(reference.dropFirst())).flatMap(root.value) ?? .null
    }
    return .null
  }

  /// A value for every parameter that is no body.
  var inputs: JSONObject {
    var inputs = JSONObject()
    for parameter in parameters {
      guard let name = parameter["name"]?.stringValue else { continue }
      if parameter["in"] == "body" {
        inputs[name] = value(parameter["schema"] ?? .null, depth: 0)
      } else {
        inputs[name] = value(parameter, depth: 0)
      }
    }
    return inputs
  }

  private func value(_ schema: JSON, depth: Int) -> JSON {
    let schema = Self.resolved(schema, root)
    switch schema["type"]?.stringValue {
    case "integer": return 7
    case "number": return 2.5
    case "boolean": return true
    case "array":
      guard depth < 4 else { return [] }
      let items = schema["items"] ?? ["type": "string"]
      return [value(items, depth: depth + 1), value(items, depth: depth + 1)]
    case "object", nil: return object(schema, depth: depth)
    case "file": return "file text"
    default: return "a b/c&d=é"
    }
  }

  private func object(_ schema: JSON, depth: Int) -> JSON {
    var object = JSONObject()
    guard depth < 4 else { return .object(object) }
    for member in schema["properties"]?.objectValue?.members ?? [] {
      guard Self.resolved(member.value, root)["readOnly"]?.boolValue != true,
        member.value["readOnly"]?.boolValue != true
      else { continue }
      object[member.key] = value(member.value, depth: depth + 1)
    }
    return .object(object)
  }
}
