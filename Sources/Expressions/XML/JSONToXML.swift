import Diagnostics
import OrderedJSON

/// Turns JSON into documents: `@name` as attributes, `#text` as text, arrays as repeated elements.
///
/// Source: workflow language reference, section c.8; Newtonsoft.Json `XmlNodeConverter`.
struct JSONToXML {
  private var tree = XMLTree()

  /// The document of an object with one property, which becomes the root element.
  ///
  /// Throws E0304 for anything else.
  static func document(of object: JSONObject) throws(ExpressionError) -> XMLTree {
    var builder = JSONToXML()
    try builder.addMembers(object, to: 0)
    return builder.tree
  }

  private mutating func addMembers(
    _ object: JSONObject,
    to parent: Int
  ) throws(ExpressionError) {
    for member in object where Self.isAttribute(member.key) && parent != 0 {
      try addAttribute(member.key, member.value, to: parent)
    }
    for member in object where !Self.isAttribute(member.key) || parent == 0 {
      if case .array(let elements) = member.value {
        for element in elements { try add(member.key, element, to: parent) }
      } else {
        try add(member.key, member.value, to: parent)
      }
    }
  }

  private static func isAttribute(_ key: String) -> Bool {
    key.hasPrefix("@") && key.utf8.count > 1
  }

  private mutating func addAttribute(
    _ key: String,
    _ value: JSON,
    to element: Int
  ) throws(ExpressionError) {
    let name = XMLNamespaces.split(XMLName.encoded(String(key.dropFirst())))
    let node = XMLTree.Node(kind: .attribute, name: name, value: try Self.text(of: value, key))
    tree.append(node, to: element)
  }

  private mutating func add(
    _ key: String,
    _ value: JSON,
    to parent: Int
  ) throws(ExpressionError) {
    switch key {
    case "#text": try addText(.text, value, key, to: parent)
    case "#cdata-section": try addText(.cdata, value, key, to: parent)
    case "#whitespace", "#significant-whitespace":
      try addText(.whitespace, value, key, to: parent)
    case "?xml" where parent == 0: try addDeclaration(value)
    case "!DOCTYPE" where parent == 0: try addDocumentType(value)
    case _ where key.hasPrefix("?"):
      let name = XMLTree.Name(local: XMLName.encoded(String(key.dropFirst())))
      let text = try Self.text(of: value, key)
      guard !text.contains("?>") else { throw Self.failure("an instruction holds '?>'") }
      tree.append(XMLTree.Node(kind: .instruction, name: name, value: text), to: parent)
    default: try addElement(key, value, to: parent)
    }
  }

  private mutating func addText(
    _ kind: XMLTree.Kind,
    _ value: JSON,
    _ key: String,
    to parent: Int
  ) throws(ExpressionError) {
    guard parent != 0 else { throw Self.failure("'\(key)' stands outside the root element") }
    let text = try Self.text(of: value, key)
    guard kind != .cdata || !text.contains("]]>") else {
      throw Self.failure("a CDATA section cannot contain ']]>'")
    }
    tree.append(XMLTree.Node(kind: kind, value: text), to: parent)
  }

  private mutating func addElement(
    _ key: String,
    _ value: JSON,
    to parent: Int
  ) throws(ExpressionError) {
    guard parent != 0 || tree.root == nil else {
      throw Self.failure("the object has more than one root property")
    }
    guard !key.isEmpty else { throw Self.failure("a property has no name") }
    let name = XMLNamespaces.split(XMLName.encoded(key))
    let node = XMLTree.Node(kind: .element(isShort: true), name: name)
    let index = tree.append(node, to: parent)
    switch value {
    case .object(let object): try addMembers(object, to: index)
    case .array(let elements): for element in elements { try add(key, element, to: index) }
    case .null: break
    default: try addText(.text, value, key, to: index)
    }
    resolve(index)
  }

  /// A prefix without a declaration is dropped.
  private mutating func resolve(_ index: Int) {
    for place in [index] + tree[index].attributes {
      var name = tree[place].name
      guard !name.prefix.isEmpty, name.prefix != "xmlns" else { continue }
      if let namespace = tree.namespace(of: name.prefix, at: index) {
        name.namespace = namespace
      } else {
        name.prefix = ""
      }
      tree.rename(place, name)
    }
  }

  // MARK: Prolog

  private mutating func addDeclaration(_ value: JSON) throws(ExpressionError) {
    let version = try Self.part("@version", value) ?? "1.0"
    guard version == "1.0" else { throw Self.failure("the version must be 1.0") }
    let kind = XMLTree.Kind.declaration(
      version: version,
      encoding: try Self.part("@encoding", value),
      standalone: try Self.part("@standalone", value)
    )
    tree.append(XMLTree.Node(kind: kind), to: 0)
  }

  private mutating func addDocumentType(_ value: JSON) throws(ExpressionError) {
    guard let name = try Self.part("@name", value), XMLName.encoded(name) == name else {
      throw Self.failure("'!DOCTYPE' has no valid '@name'")
    }
    let kind = XMLTree.Kind.documentType(
      publicID: try Self.part("@public", value),
      systemID: try Self.part("@system", value),
      subset: try Self.part("@internalSubset", value)
    )
    tree.append(XMLTree.Node(kind: kind, name: XMLTree.Name(local: name)), to: 0)
  }

  private static func part(_ name: String, _ value: JSON) throws(ExpressionError) -> String? {
    guard let part = value[name], !part.isNull else { return nil }
    let text = try text(of: part, name)
    guard name == "@internalSubset" || !text.contains("\"") else {
      throw failure("'\(name)' holds a quote")
    }
    return text
  }

  /// Numbers and booleans as XML Schema spells them.
  private static func text(of value: JSON, _ key: String) throws(ExpressionError) -> String {
    switch value {
    case .null: return ""
    case .bool(let value): return value ? "true" : "false"
    case .double(let value) where value.isInfinite: return value < 0 ? "-INF" : "INF"
    case .array, .object:
      throw failure("'\(MediaType.shown(key))' holds \(KindSet(of: value).text) instead of a text")
    default: return try StringConversion.text(of: value)
    }
  }

  private static func failure(_ message: String) -> ExpressionError {
    ExpressionError(
      .invalidXML,
      "the value cannot become XML: \(message)",
      hint: "the object needs exactly one property, whose name becomes the root element"
    )
  }
}
