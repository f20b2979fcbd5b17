internal import OrderedJSON

/// A path through JSON objects that policies name, such as `a/b` or `@body().a.b`.
///
/// Source: connector format reference, section (f), JSON body.
struct PropertyPath: Hashable, Sendable {
  var names: [String]

  init(_ names: [String]) { self.names = names }

  /// Reads `a/b` or `a.b`; empty text and `null` mean the parent itself.
  init(text: String?) {
    guard let text, !text.isEmpty, text.lowercased() != "null" else {
      self.init([])
      return
    }
    let template = PolicyTemplate(text)
    if let expression = template.onlyExpression, expression.root.isValue {
      self.init(expression)
    } else {
      let separator: Character = text.contains("/") ? "/" : "."
      self.init(text.split(separator: separator).map(String.init))
    }
  }

  init(_ expression: PolicyExpression) {
    names = expression.steps.map { step in
      switch step {
      case .name(let name): name
      case .index(let index): String(index)
      }
    }
  }

  func value(in root: JSON) -> JSON? { root.value(at: JSONPointer(names)) }

  /// The root with the value put in; objects on the way are made when they are missing.
  func setting(_ value: JSON?, in root: JSON) -> JSON {
    Self.setting(names[...], value, in: root)
  }

  private static func setting(_ names: ArraySlice<String>, _ value: JSON?, in root: JSON) -> JSON {
    guard let name = names.first else { return value ?? .null }
    let rest = names.dropFirst()
    if case .array(var items) = root, let index = Int(name), items.indices.contains(index) {
      items[index] = setting(rest, value, in: items[index])
      return .array(items)
    }
    var object = root.objectValue ?? JSONObject()
    if rest.isEmpty {
      object[name] = value
    } else {
      object[name] = setting(rest, value, in: object[name] ?? .object(JSONObject()))
    }
    return .object(object)
  }
}
