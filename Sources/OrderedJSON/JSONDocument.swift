/// A parsed text with the place of every value in it.
package struct JSONDocument: Sendable {
  /// How strict the reader is.
  package enum Mode: Sendable {
    /// RFC 8259 and nothing else, apart from a leading byte order mark.
    case strict
    /// Mends the defects that published connector definitions have, one repair for each.
    case lenient
  }

  package let value: JSON
  package let source: JSONSource
  package let repairs: [JSONRepair]
  /// The keys, with their quotes, of members that a later one of the same name replaced.
  package let replacedKeys: [Range<Int>]

  /// - Throws: `JSONParseError` at the first defect that is not mended.
  package init(
    _ bytes: [UInt8],
    mode: Mode = .strict,
    limits: JSONLimits = .standard
  ) throws(JSONParseError) {
    var parser = JSONParser(
      limits: limits,
      lenient: mode == .lenient,
      recordsSource: true
    )
    value = try parser.parseDocument(bytes)
    source = parser.rootSource ?? JSONSource(range: 0..<bytes.count, keyRange: nil, children: [])
    repairs = parser.repairs
    replacedKeys = parser.replacedKeys
  }

  /// What was read of a text that is not JSON.
  init(value: JSON, source: JSONSource, replacedKeys: [Range<Int>]) {
    self.value = value
    self.source = source
    self.replacedKeys = replacedKeys
    repairs = []
  }

  /// The place of the value that the pointer leads to, or of its nearest existing ancestor.
  package func source(at pointer: JSONPointer) -> JSONSource {
    var current = (value: value, source: source)
    for token in pointer.tokens {
      guard let next = Self.step(current, token) else { break }
      current = next
    }
    return current.source
  }

  private static func step(
    _ current: (value: JSON, source: JSONSource),
    _ token: String
  ) -> (JSON, JSONSource)? {
    switch current.value {
    case .object(let object):
      guard let position = object.position(of: token) else { return nil }
      return (object.members[position].value, current.source.children[position])
    case .array(let array):
      guard let index = Int(token), array.indices.contains(index) else { return nil }
      return (array[index], current.source.children[index])
    default: return nil
    }
  }
}
