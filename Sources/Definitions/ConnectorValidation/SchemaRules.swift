internal import Diagnostics
internal import OrderedJSON

/// Rules on schemas anywhere in a definition.
///
/// Source: connector format reference, section (k), schemas.
enum SchemaRules {
  static func report(_ connector: Connector, _ file: inout DefinitionFile) {
    var walker = Walker(resolver: connector.schemas)
    for key in ["paths", "definitions", "parameters", "responses"] {
      guard let value = file.value[key] else { continue }
      walker.path = [key]
      walker.walk(value)
    }
    for finding in walker.findings {
      file.report(.schemaAdvice, finding.message, hint: finding.hint, at: finding.path)
    }
  }

  private struct Walker {
    struct Finding {
      var message: String
      var hint: String?
      var path: [String]
    }

    let resolver: SchemaResolver
    var path: [String] = []
    var findings: [Finding] = []
    /// What references lead to something; most occur many times.
    private var resolved: Set<String> = []

    init(resolver: SchemaResolver) { self.resolver = resolver }

    mutating func walk(_ value: JSON) {
      switch value {
      case .object(let object):
        check(object)
        for member in object.members {
          // Texts of examples and enumerations look like schemas but are data.
          if member.key == "example" || member.key == "examples" || member.key == "enum"
            || member.key == "default" || member.key.hasPrefix("x-ms-dynamic")
          {
            continue
          }
          step(member.key, member.value)
        }
      case .array(let items):
        for (index, item) in items.enumerated() { step(String(index), item) }
      default: return
      }
    }

    private mutating func step(_ token: String, _ value: JSON) {
      switch value {
      case .object, .array:
        path.append(token)
        walk(value)
        path.removeLast()
      default: return
      }
    }

    private mutating func check(_ object: JSONObject) {
      if let reference = object["$ref"]?.stringValue { check(reference) }
      guard let required = object["required"]?.arrayValue,
        let properties = object["properties"]?.objectValue
      else { return }
      for name in required.compactMap(\.stringValue) where properties[name] == nil {
        let nearest = NearestName.suggestion(for: name, among: properties.keys)
        findings.append(
          Finding(
            message: "'required' names '\(name)', which is no property",
            hint: nearest.map { "did you mean '\($0)'?" },
            path: path + ["required"]
          )
        )
      }
    }

    private mutating func check(_ reference: String) {
      if resolved.contains(reference) { return }
      if resolver.target(of: reference) != nil {
        resolved.insert(reference)
        return
      }
      findings.append(
        Finding(message: "the reference '\(reference)' leads nowhere", path: path + ["$ref"])
      )
    }
  }
}
