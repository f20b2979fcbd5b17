import OrderedJSON

/// Reads JSON that may be half-written, without ever failing.
///
/// What is missing is left out; what makes no sense is passed over. A text that is valid JSON gives
/// the tree of that JSON.
struct SyntaxTree: Sendable {
  let root: SyntaxNode
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    var reader = Reader(bytes: bytes)
    root = reader.value(depth: 0)
    self.bytes = bytes
  }

  /// The text of a string or scalar.
  func text(_ node: SyntaxNode?) -> String? {
    guard let node, case .string = node.kind else { return nil }
    return Self.text(bytes, node)
  }

  fileprivate static func text(_ bytes: [UInt8], _ node: SyntaxNode) -> String {
    if node.isClosed, let value = try? JSON(parsing: Array(bytes[node.range])).stringValue {
      return value
    }
    return String(decoding: bytes[node.range].dropFirst(), as: UTF8.self)
  }

  /// The value of a node as far as it is there.
  func value(_ node: SyntaxNode?) -> JSON {
    guard let node else { return .null }
    switch node.kind {
    case .string: return .string(Self.text(bytes, node))
    case .scalar: return (try? JSON(parsing: Array(bytes[node.range]))) ?? .null
    case .missing: return .null
    case .array(let elements): return .array(elements.map { value($0) })
    case .object(let members):
      return .object(JSONObject(members.map { ($0.name, value($0.value)) }))
    }
  }

  // MARK: Reading

  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    static let deepest = 400

    mutating func skipBlank() {
      while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
        position += 1
      }
    }

    mutating func value(depth: Int) -> SyntaxNode {
      if position == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
      skipBlank()
      guard position < bytes.count else { return SyntaxNode(.missing, position..<position) }
      switch bytes[position] {
      case UInt8(ascii: "{") where depth < Self.deepest: return object(depth)
      case UInt8(ascii: "[") where depth < Self.deepest: return array(depth)
      case UInt8(ascii: "\""): return string()
      default: return scalar()
      }
    }

    mutating func string() -> SyntaxNode {
      let start = position
      position += 1
      while position < bytes.count {
        switch bytes[position] {
        case UInt8(ascii: "\""):
          position += 1
          return SyntaxNode(.string, start..<position)
        case 0x0A, 0x0D: return SyntaxNode(.string, start..<position, isClosed: false)
        case UInt8(ascii: "\\"): position = min(position + 2, bytes.count)
        default: position += 1
        }
      }
      return SyntaxNode(.string, start..<position, isClosed: false)
    }

    mutating func scalar() -> SyntaxNode {
      let start = position
      while position < bytes.count, !Self.delimiters.contains(bytes[position]) { position += 1 }
      // Something has to be passed over.
      if position == start { position += 1 }
      return SyntaxNode(.scalar, start..<position)
    }

    private static let delimiters: Set<UInt8> = Set(" \t\r\n,:]}[{\"".utf8)

    mutating func array(_ depth: Int) -> SyntaxNode {
      let start = position
      position += 1
      var elements: [SyntaxNode] = []
      while true {
        skipBlank()
        guard position < bytes.count else { break }
        switch bytes[position] {
        case UInt8(ascii: "]"):
          position += 1
          return SyntaxNode(.array(elements), start..<position)
        case UInt8(ascii: ","), UInt8(ascii: ":"): position += 1
        // The bracket is missing, and the object around goes on.
        case UInt8(ascii: "}"):
          return SyntaxNode(.array(elements), start..<position, isClosed: false)
        default: elements.append(value(depth: depth + 1))
        }
      }
      return SyntaxNode(.array(elements), start..<position, isClosed: false)
    }

    mutating func object(_ depth: Int) -> SyntaxNode {
      let start = position
      position += 1
      var members: [SyntaxMember] = []
      while true {
        skipBlank()
        guard position < bytes.count else { break }
        switch bytes[position] {
        case UInt8(ascii: "}"):
          position += 1
          return SyntaxNode(.object(members), start..<position)
        case UInt8(ascii: "\""): members.append(member(depth))
        case UInt8(ascii: "]") where depth > 0:
          return SyntaxNode(.object(members), start..<position, isClosed: false)
        default: position += 1
        }
      }
      return SyntaxNode(.object(members), start..<position, isClosed: false)
    }

    mutating func member(_ depth: Int) -> SyntaxMember {
      let key = string()
      let name = SyntaxTree.text(bytes, key)
      let end = position
      skipBlank()
      guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
        position = end
        return SyntaxMember(name: name, key: key, hasColon: false, value: nil)
      }
      position += 1
      let colon = position
      skipBlank()
      let isNext =
        position < bytes.count && [UInt8(ascii: ","), UInt8(ascii: "}")].contains(bytes[position])
      if position >= bytes.count || isNext || startsNextMember(after: colon) {
        position = colon
        let missing = SyntaxNode(.missing, colon..<colon)
        return SyntaxMember(name: name, key: key, hasColon: true, value: missing)
      }
      return SyntaxMember(name: name, key: key, hasColon: true, value: value(depth: depth + 1))
    }

    /// Whether a string here, on another line, is the key of the next member.
    private func startsNextMember(after colon: Int) -> Bool {
      guard bytes[position] == UInt8(ascii: "\""), bytes[colon..<position].contains(0x0A) else {
        return false
      }
      var ahead = self
      _ = ahead.string()
      ahead.skipBlank()
      return ahead.position < bytes.count && ahead.bytes[ahead.position] == UInt8(ascii: ":")
    }
  }
}
