import Diagnostics
import OrderedJSON

/// Turns documents into JSON: attributes as `@name`, text as `#text`, repeated elements as arrays.
///
/// Source: workflow language reference, section c.8; Newtonsoft.Json `XmlNodeConverter`.
struct XMLToJSON {
  private let tree: XMLTree

  /// The JSON of an XML envelope.
  ///
  /// Throws E0304 for defects and declared encodings that the content cannot have.
  static func json(of envelope: ContentEnvelope) throws(ExpressionError) -> JSON {
    let tree = try tree(of: envelope)
    return .object(XMLToJSON(tree: tree).members(of: 0))
  }

  /// The tree of an XML envelope.
  ///
  /// Throws E0304 for defects and declared encodings that the content cannot have.
  static func tree(of envelope: ContentEnvelope) throws(ExpressionError) -> XMLTree {
    let tree = try XMLReader.parse(envelope.text())
    if let first = tree[0].children.first,
      case .declaration(_, let encoding?, _) = tree[first].kind,
      !singleByteEncodings.contains(encoding.lowercased())
    {
      throw ExpressionError(
        .invalidXML,
        "the XML declares the encoding '\(MediaType.shown(encoding))', but its content is not in it",
        hint: "declare utf-8 or leave the encoding out"
      )
    }
    return tree
  }

  /// Encodings that agree with UTF-8 on ASCII.
  private static let singleByteEncodings: Set<String> = [
    "utf-8", "utf8", "ascii", "us-ascii", "iso-8859-1", "latin1", "windows-1252",
  ]

  /// Attributes first, then children, grouped by name at the place of the first.
  private func members(of index: Int) -> JSONObject {
    var object = JSONObject()
    for attribute in tree[index].attributes {
      object[name(of: attribute)] = .string(tree[attribute].value)
    }
    var order: [String] = []
    var groups: [String: [Int]] = [:]
    for child in tree[index].children {
      let name = name(of: child)
      if groups[name] == nil { order.append(name) }
      groups[name, default: []].append(child)
    }
    for name in order {
      let values = groups[name, default: []].map(value)
      if values.count == 1, let value = values.first {
        if let value { object[name] = value }
      } else {
        object[name] = .array(values.compactMap(\.self))
      }
    }
    return object
  }

  private func name(of index: Int) -> String {
    let node = tree[index]
    let name =
      node.name.prefix.isEmpty
      ? XMLName.decoded(node.name.local)
      : "\(node.name.prefix):\(XMLName.decoded(node.name.local))"
    return switch node.kind {
    case .document: ""
    case .declaration: "?xml"
    case .documentType: "!DOCTYPE"
    case .element: name
    case .attribute: "@" + name
    case .text: "#text"
    case .cdata: "#cdata-section"
    case .whitespace: "#significant-whitespace"
    case .comment: "#comment"
    case .instruction: "?" + name
    }
  }

  /// `nil` for a comment, which leaves no value behind.
  private func value(of index: Int) -> JSON? {
    let node = tree[index]
    switch node.kind {
    case .comment: return nil
    case .declaration(let version, let encoding, let standalone):
      return Self.attributes([
        ("version", version), ("encoding", encoding), ("standalone", standalone),
      ])
    case .documentType(let publicID, let systemID, let subset):
      return Self.attributes([
        ("name", node.name.local), ("public", publicID), ("system", systemID),
        ("internalSubset", subset),
      ])
    case .element(let isShort): return element(node, index, isShort)
    default: return .string(node.value)
    }
  }

  private func element(_ node: XMLTree.Node, _ index: Int, _ isShort: Bool) -> JSON {
    if node.attributes.isEmpty {
      if node.children.isEmpty { return isShort ? .null : "" }
      if node.children.count == 1, tree[node.children[0]].kind == .text {
        return .string(tree[node.children[0]].value)
      }
    }
    return .object(members(of: index))
  }

  private static func attributes(_ values: [(String, String?)]) -> JSON {
    var object = JSONObject()
    for case (let name, let value?) in values where !value.isEmpty {
      object["@" + name] = .string(value)
    }
    return .object(object)
  }
}
