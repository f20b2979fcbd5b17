import Diagnostics

/// What may stand before the root element.
extension XMLReader {
  /// `<?xml version="1.0" encoding="…" standalone="…"?>`, in this order.
  mutating func declaration() throws(ExpressionError) {
    let start = position
    guard take("<?xml"), position < bytes.count, Self.isSpace(bytes[position]) else {
      position = start
      return
    }
    guard let version = try pseudoAttribute("version"), version == "1.0" else {
      throw failure("the XML declaration must name version 1.0 first")
    }
    let encoding = try pseudoAttribute("encoding")
    let standalone = try pseudoAttribute("standalone")
    skipSpace()
    guard take("?>"), ["yes", "no", nil].contains(standalone), encoding?.isEmpty != true else {
      throw failure("the XML declaration is malformed")
    }
    let kind = XMLTree.Kind.declaration(
      version: version,
      encoding: encoding,
      standalone: standalone
    )
    tree.append(XMLTree.Node(kind: kind), to: 0)
  }

  private mutating func pseudoAttribute(_ wanted: String) throws(ExpressionError) -> String? {
    let start = position
    guard skipSpace(), position < bytes.count, bytes[position] != UInt8(ascii: "?"),
      try name() == wanted
    else {
      position = start
      return nil
    }
    skipSpace()
    guard take("=") else { throw failure("the XML declaration is malformed") }
    skipSpace()
    return String(decoding: bytes[try quoted()], as: UTF8.self)
  }

  /// The rest of `<!DOCTYPE name PUBLIC "…" "…" [ … ]>`; the subset is kept as text and not read.
  mutating func documentType() throws(ExpressionError) {
    guard tree.root == nil, !tree[0].children.contains(where: { isDocumentType($0) }) else {
      throw failure("the document type stands in the wrong place")
    }
    guard skipSpace() else { throw failure("the document type has no name") }
    let name = try name()
    let (publicID, systemID) = try externalID()
    skipSpace()
    let subset = try take("[") ? internalSubset() : nil
    skipSpace()
    guard take(">") else { throw failure("the document type is not closed") }
    let kind = XMLTree.Kind.documentType(publicID: publicID, systemID: systemID, subset: subset)
    tree.append(XMLTree.Node(kind: kind, name: XMLTree.Name(local: name)), to: 0)
  }

  private func isDocumentType(_ index: Int) -> Bool {
    if case .documentType = tree[index].kind { true } else { false }
  }

  private mutating func externalID() throws(ExpressionError) -> (String?, String?) {
    let start = position
    guard skipSpace() else { return (nil, nil) }
    if take("PUBLIC"), skipSpace() {
      let publicID = String(decoding: bytes[try quoted()], as: UTF8.self)
      guard skipSpace() else { throw failure("a system identifier is expected") }
      return (publicID, String(decoding: bytes[try quoted()], as: UTF8.self))
    }
    if take("SYSTEM"), skipSpace() {
      return (nil, String(decoding: bytes[try quoted()], as: UTF8.self))
    }
    position = start
    return (nil, nil)
  }

  /// Brackets inside quotes and comments do not end the subset.
  private mutating func internalSubset() throws(ExpressionError) -> String {
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "]"):
        position += 1
        return subsetLines(String(decoding: bytes[start..<position - 1], as: UTF8.self))
      case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = try quoted()
      default:
        if take("<!--") {
          _ = try upTo("-->", "a comment")
        } else if take("<?") {
          _ = try upTo("?>", "a processing instruction")
        } else {
          position += 1
        }
      }
    }
    throw failure("the internal subset is not closed")
  }

  /// Here a carriage return with a line feed stays, and only a lone one becomes a line feed.
  private func subsetLines(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    for index in scalars.indices where scalars[index] == "\r" {
      if index + 1 == scalars.count || scalars[index + 1] != "\n" { scalars[index] = "\n" }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
