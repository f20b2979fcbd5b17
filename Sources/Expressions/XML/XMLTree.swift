/// A document as a table of nodes in document order.
///
/// Source: W3C XML 1.0 (Fifth Edition); XPath 1.0, section 5.
struct XMLTree: Sendable {
  struct Name: Hashable, Sendable {
    var prefix = ""
    var local = ""
    var namespace = ""

    var qualified: String { prefix.isEmpty ? local : "\(prefix):\(local)" }
  }

  enum Kind: Hashable, Sendable {
    case document
    case declaration(version: String, encoding: String?, standalone: String?)
    case documentType(publicID: String?, systemID: String?, subset: String?)
    /// `isShort` is set when the source has `<a/>`.
    case element(isShort: Bool)
    case attribute
    case text
    case cdata
    case whitespace
    case comment
    case instruction
  }

  struct Node: Sendable {
    var kind: Kind
    var name = Name()
    var value = ""
    var parent = 0
    var children: [Int] = []
    var attributes: [Int] = []
  }

  static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"
  static let declarationNamespace = "http://www.w3.org/2000/xmlns/"

  /// The document itself is the first node.
  private(set) var nodes = [Node(kind: .document)]

  var count: Int { nodes.count }

  subscript(index: Int) -> Node { nodes[index] }

  /// Adds a node below another and returns its index.
  @discardableResult
  mutating func append(_ node: Node, to parent: Int) -> Int {
    var node = node
    node.parent = parent
    nodes.append(node)
    let index = nodes.count - 1
    if node.kind == .attribute {
      nodes[parent].attributes.append(index)
    } else {
      nodes[parent].children.append(index)
    }
    return index
  }

  mutating func rename(_ index: Int, _ name: Name) { nodes[index].name = name }

  /// The element at the top; `nil` in an empty document.
  var root: Int? { nodes[0].children.first { isElement($0) } }

  func isElement(_ index: Int) -> Bool {
    if case .element = nodes[index].kind { true } else { false }
  }

  /// The namespace that a prefix has at an element; `nil` when it has none.
  func namespace(of prefix: String, at index: Int) -> String? {
    if prefix == "xml" { return Self.xmlNamespace }
    var current = index
    while current != 0 {
      for attribute in nodes[current].attributes {
        let name = nodes[attribute].name
        let declares =
          prefix.isEmpty
          ? name.prefix.isEmpty && name.local == "xmlns"
          : name.prefix == "xmlns" && name.local == prefix
        if declares { return nodes[attribute].value }
      }
      current = nodes[current].parent
    }
    return prefix.isEmpty ? "" : nil
  }
}
