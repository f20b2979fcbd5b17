import Foundation
import OrderedJSON

/// Makes up inputs for any operation, straight from the JSON of its definition.
struct GeneratedInputs {
  /// How much is given.
  enum Extent: CaseIterable {
    /// Every parameter and every member.
    case everything
    /// What an author must give; the runtime adds the rest.
    case least
  }

  let root: JSON
  let extent: Extent
  /// What the operation takes, inherited parameters included.
  let parameters: [JSON]

  init(root: JSON, item: JSON, operation: JSON, extent: Extent = .everything) {
    self.root = root
    self.extent = extent
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

  /// Values by parameter, the body whole.
  var inputs: JSONObject {
    var inputs = JSONObject()
    for parameter in parameters where isGiven(parameter, isRequired: parameter["required"] == true)
    {
      guard let name = parameter["name"]?.stringValue else { continue }
      let isBody = parameter["in"] == "body"
      inputs[name] = value(isBody ? parameter["schema"] ?? .null : parameter, depth: 0)
    }
    return inputs
  }

  /// The same inputs with the members of the body one by one, as `body/owner/id`.
  var flattened: JSONObject {
    guard let name = parameters.first(where: { $0["in"] == "body" })?["name"]?.stringValue else {
      return inputs
    }
    var flat = inputs
    guard let body = flat.removeValue(forKey: name) else { return inputs }
    flatten(body, under: name, into: &flat)
    return flat
  }

  private func flatten(_ value: JSON, under key: String, into flat: inout JSONObject) {
    guard case .object(let object) = value, !object.isEmpty else {
      flat[key] = value
      return
    }
    for member in object.members {
      let name = member.key.replacingOccurrences(of: "~", with: "~0")
        .replacingOccurrences(of: "/", with: "~1")
      flatten(member.value, under: "\(key)/\(name)", into: &flat)
    }
  }

  private func isGiven(_ schema: JSON, isRequired: Bool) -> Bool {
    if extent == .everything { return true }
    let isInternal = schema["x-ms-visibility"]?.stringValue?.lowercased() == "internal"
    return isRequired && !(isInternal && !(schema["default"] ?? .null).isNull)
  }

  // MARK: Values

  private func value(_ schema: JSON, depth: Int) -> JSON {
    let schema = Self.resolved(schema, root)
    if let choice = BodyValidator.choices(schema).first { return choice }
    switch schema["type"]?.stringValue {
    case "integer": return .integer(Int64(bounded(7, schema).rounded()))
    case "number": return .double(bounded(2.5, schema))
    case "boolean": return true
    case "array": return array(schema, depth: depth)
    case "object", nil: return object(schema, depth: depth)
    case "file": return "file text"
    default: return .string(text(schema))
    }
  }

  private func bounded(_ number: Double, _ schema: JSON) -> Double {
    let least = schema["minimum"]?.doubleValue ?? -.infinity
    return max(least, min(number, schema["maximum"]?.doubleValue ?? .infinity))
  }

  /// Text with everything that encodings stumble over, unless the format wants another.
  private func text(_ schema: JSON) -> String {
    switch schema["format"]?.stringValue {
    case "byte": return "w6kgJg=="
    case "uuid": return "0B7F2A3C-1D4E-4F5A-8B6C-9D0E1F2A3B4C"
    case "date-time": return "2026-11-20T21:15:00Z"
    case "date": return "2026-11-20"
    default: break
    }
    var text = "a b/c&d=é"
    while text.count < schema["minLength"]?.integerValue ?? 0 { text += "x" }
    return String(text.prefix(Int(schema["maxLength"]?.integerValue ?? 1_000)))
  }

  private func array(_ schema: JSON, depth: Int) -> JSON {
    let least = Int(schema["minItems"]?.integerValue ?? 0)
    let usual = depth < 4 ? 2 : 0
    let count = min(max(usual, least), Int(schema["maxItems"]?.integerValue ?? 100))
    guard count > 0 else { return [] }
    let item = value(schema["items"] ?? ["type": "string"], depth: depth + 1)
    return .array(Array(repeating: item, count: count))
  }

  private func object(_ schema: JSON, depth: Int) -> JSON {
    var object = JSONObject()
    guard depth < 24 else { return .object(object) }
    var required: Set<String> = []
    for part in [schema] + bases(of: schema) {
      required.formUnion((part["required"]?.arrayValue ?? []).compactMap(\.stringValue))
    }
    for part in [schema] + bases(of: schema) {
      for member in part["properties"]?.objectValue?.members ?? [] where object[member.key] == nil {
        let target = Self.resolved(member.value, root)
        let isRequired = required.contains(member.key)
        guard member.value["readOnly"] != true, target["readOnly"] != true,
          depth < 4 || isRequired, isGiven(target, isRequired: isRequired)
        else { continue }
        object[member.key] = value(member.value, depth: depth + 1)
      }
    }
    return .object(object)
  }

  /// What `allOf` adds, at any depth.
  private func bases(of schema: JSON, depth: Int = 0) -> [JSON] {
    guard depth < 8 else { return [] }
    return (schema["allOf"]?.arrayValue ?? []).flatMap { base in
      let base = Self.resolved(base, root)
      return [base] + bases(of: base, depth: depth + 1)
    }
  }
}
