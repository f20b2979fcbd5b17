import Diagnostics

/// Reads well-formed XML 1.0 with namespaces into a tree.
///
/// Insignificant white space is dropped. No entity is resolved but the five predefined ones, and
/// nothing outside the document is ever read, so that documents cannot reach files or exhaust
/// memory.
///
/// Source: W3C XML 1.0 (Fifth Edition); W3C Namespaces in XML 1.0; .NET `XmlDocument`.
struct XMLReader {
  let bytes: [UInt8]
  var position = 0
  var tree = XMLTree()
  private var open: [OpenElement] = []

  static let depthLimit = 256

  private struct OpenElement {
    let index: Int
    let name: String
    let preservesSpace: Bool
  }

  private init(_ text: String) {
    let bytes = Array(text.utf8)
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[3...]) : bytes
  }

  /// Throws E0304 at the first defect.
  static func parse(_ text: String) throws(ExpressionError) -> XMLTree {
    var reader = XMLReader(text)
    try reader.document()
    return reader.tree
  }

  private mutating func document() throws(ExpressionError) {
    try declaration()
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "<") { try markup() } else { try text() }
    }
    if let element = open.last {
      throw failure("the element '\(shown(element.name))' is not closed")
    }
    guard tree.root != nil else { throw failure("the root element is missing") }
  }

  private mutating func markup() throws(ExpressionError) {
    if take("<!--") {
      try comment()
    } else if take("<![CDATA[") {
      try cdata()
    } else if take("<!DOCTYPE") {
      try documentType()
    } else if take("<?") {
      try instruction()
    } else if take("</") {
      try endTag()
    } else {
      try startTag()
    }
  }

  // MARK: Text

  private mutating func text() throws(ExpressionError) {
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
    let isBlank = bytes[start..<position].allSatisfy(Self.isSpace)
    guard let element = open.last else {
      if isBlank { return }
      position = start
      throw failure("text stands outside the root element")
    }
    if isBlank {
      guard element.preservesSpace else { return }
      let value = try content(start..<position, isAttribute: false)
      tree.append(XMLTree.Node(kind: .whitespace, value: value), to: element.index)
      return
    }
    guard find("]]>", in: start..<position) == nil else {
      throw failure("']]>' may not stand in text")
    }
    let value = try content(start..<position, isAttribute: false)
    tree.append(XMLTree.Node(kind: .text, value: value), to: element.index)
  }

  private mutating func cdata() throws(ExpressionError) {
    guard let element = open.last else { throw failure("a CDATA section stands outside the root") }
    let value = lines(try upTo("]]>", "a CDATA section"))
    tree.append(XMLTree.Node(kind: .cdata, value: value), to: element.index)
  }

  private mutating func comment() throws(ExpressionError) {
    let value = lines(try upTo("--", "a comment"))
    guard take(">") else { throw failure("'--' may not stand in a comment") }
    tree.append(XMLTree.Node(kind: .comment, value: value), to: open.last?.index ?? 0)
  }

  private mutating func instruction() throws(ExpressionError) {
    let target = try name()
    guard target.lowercased() != "xml" else {
      throw failure("the XML declaration may stand only at the start of the document")
    }
    skipSpace()
    let value = lines(try upTo("?>", "a processing instruction"))
    let node = XMLTree.Node(kind: .instruction, name: XMLTree.Name(local: target), value: value)
    tree.append(node, to: open.last?.index ?? 0)
  }

  // MARK: Tags

  private mutating func endTag() throws(ExpressionError) {
    let name = try name()
    skipSpace()
    guard let element = open.popLast() else { throw failure("'</\(shown(name))>' closes nothing") }
    guard element.name == name, take(">") else {
      throw failure("'</\(shown(name))>' stands where '</\(shown(element.name))>' is expected")
    }
  }

  private mutating func startTag() throws(ExpressionError) {
    guard take("<") else { throw failure("a tag is malformed") }
    guard open.count < Self.depthLimit else {
      throw failure("elements nest deeper than the limit of \(Self.depthLimit)")
    }
    guard !open.isEmpty || tree.root == nil else {
      throw failure("there is more than one root element")
    }
    let name = try name()
    let attributes = try attributes(of: name)
    let isShort = take("/")
    guard take(">") else { throw failure("the tag '\(shown(name))' is not closed") }
    let node = XMLTree.Node(kind: .element(isShort: isShort), name: XMLTree.Name(local: name))
    let index = tree.append(node, to: open.last?.index ?? 0)
    for (name, value) in attributes {
      let name = XMLNamespaces.split(name)
      tree.append(XMLTree.Node(kind: .attribute, name: name, value: value), to: index)
    }
    if let problem = tree.resolveNamespaces(at: index) { throw failure(problem) }
    if !isShort {
      let space = attributes.first { $0.0 == "xml:space" }?.1
      let preserves = space.map { $0 == "preserve" } ?? open.last?.preservesSpace ?? false
      open.append(OpenElement(index: index, name: name, preservesSpace: preserves))
    }
  }

  private mutating func attributes(of element: String) throws(ExpressionError) -> [(String, String)]
  {
    var attributes: [(String, String)] = []
    var names: Set<String> = []
    while true {
      let hadSpace = skipSpace()
      guard position < bytes.count else {
        throw failure("the tag '\(shown(element))' is not closed")
      }
      if bytes[position] == UInt8(ascii: ">") || bytes[position] == UInt8(ascii: "/") {
        return attributes
      }
      guard hadSpace else { throw failure("white space is missing before an attribute") }
      let name = try name()
      guard names.insert(name).inserted else {
        throw failure("the attribute '\(shown(name))' stands twice")
      }
      attributes.append((name, try attributeValue()))
    }
  }

  private mutating func attributeValue() throws(ExpressionError) -> String {
    skipSpace()
    guard take("=") else { throw failure("'=' is missing after an attribute") }
    skipSpace()
    let range = try quoted()
    guard !bytes[range].contains(UInt8(ascii: "<")) else {
      throw failure("'<' may not stand in an attribute")
    }
    return try content(range, isAttribute: true)
  }
}
