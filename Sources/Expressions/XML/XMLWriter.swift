/// Writes trees as .NET's `XmlDocument` does: no indentation, `<a />`, and declarations of the
/// namespaces that a part needs.
///
/// Source: workflow language reference, section c.8.
struct XMLWriter {
  private let tree: XMLTree
  private var text = ""

  private init(_ tree: XMLTree) { self.tree = tree }

  /// The text of a node with everything below it.
  static func text(of index: Int = 0, in tree: XMLTree) -> String {
    var writer = XMLWriter(tree)
    writer.write(index, [:])
    return writer.text
  }

  private mutating func write(_ index: Int, _ scope: [String: String]) {
    let node = tree[index]
    switch node.kind {
    case .document: for child in node.children { write(child, scope) }
    case .declaration(let version, let encoding, let standalone):
      text += "<?xml version=\"\(version)\""
      if let encoding { text += " encoding=\"\(encoding)\"" }
      if let standalone { text += " standalone=\"\(standalone)\"" }
      text += "?>"
    case .documentType: writeDocumentType(node)
    case .element(let isShort): writeElement(node, isShort, scope)
    case .attribute: text += "\(node.name.qualified)=\"\(Self.escapedAttribute(node.value))\""
    case .text, .whitespace: text += Self.escapedText(node.value)
    case .cdata: text += "<![CDATA[\(node.value)]]>"
    case .comment: text += "<!--\(node.value)-->"
    case .instruction:
      text += "<?\(node.name.local)\(node.value.isEmpty ? "" : " ")\(node.value)?>"
    }
  }

  private mutating func writeDocumentType(_ node: XMLTree.Node) {
    guard case .documentType(let publicID, let systemID, let subset) = node.kind else { return }
    text += "<!DOCTYPE \(node.name.local)"
    if let publicID {
      text += " PUBLIC \"\(publicID)\" \"\(systemID ?? "")\""
    } else if let systemID {
      text += " SYSTEM \"\(systemID)\""
    }
    if let subset { text += "[\(subset)]" }
    text += ">"
  }

  private mutating func writeElement(
    _ node: XMLTree.Node,
    _ isShort: Bool,
    _ scope: [String: String]
  ) {
    var scope = scope
    text += "<\(node.name.qualified)"
    for attribute in node.attributes {
      let name = tree[attribute].name
      if name.prefix == "xmlns" { scope[name.local] = tree[attribute].value }
      if name.prefix.isEmpty, name.local == "xmlns" { scope[""] = tree[attribute].value }
      text += " "
      write(attribute, scope)
    }
    declare(node.name, &scope)
    for attribute in node.attributes where !tree[attribute].name.prefix.isEmpty {
      declare(tree[attribute].name, &scope)
    }
    guard !node.children.isEmpty || !isShort else {
      text += " />"
      return
    }
    text += ">"
    for child in node.children { write(child, scope) }
    text += "</\(node.name.qualified)>"
  }

  /// Adds a declaration when the part that is written lacks it.
  private mutating func declare(_ name: XMLTree.Name, _ scope: inout [String: String]) {
    guard scope[name.prefix] ?? "" != name.namespace, name.prefix != "xml",
      name.namespace != XMLTree.declarationNamespace
    else { return }
    scope[name.prefix] = name.namespace
    let suffix = name.prefix.isEmpty ? "" : ":\(name.prefix)"
    text += " xmlns\(suffix)=\"\(Self.escapedAttribute(name.namespace))\""
  }

  private static func escapedText(_ text: String) -> String { escaped(text, isAttribute: false) }
  private static func escapedAttribute(_ text: String) -> String {
    escaped(text, isAttribute: true)
  }

  private static func escaped(_ text: String, isAttribute: Bool) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"" where isAttribute: result += "&quot;"
      case "\n" where isAttribute, "\r" where isAttribute: result += reference(scalar)
      default:
        if XMLName.isCharacter(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          result += reference(scalar)
        }
      }
    }
    return result
  }

  private static func reference(_ scalar: Unicode.Scalar) -> String {
    "&#x\(String(scalar.value, radix: 16, uppercase: true));"
  }
}
