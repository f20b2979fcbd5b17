/// Leads from the content of a string to its text in a document, escapes included, and back.
///
/// Source: RFC 8259, section 7.
package struct StringPlaces: Sendable {
  /// For each byte of the content, and for its end, where it comes from.
  private let offsets: [Int]

  /// - Parameters:
  ///   - text: The document.
  ///   - literal: The string in it, with its quotes; the closing one may be missing.
  package init(_ text: [UInt8], literal: Range<Int>) {
    var offsets: [Int] = []
    var position = literal.lowerBound + 1
    while position < literal.upperBound {
      let byte = text[position]
      if byte == UInt8(ascii: "\"") { break }
      guard byte == UInt8(ascii: "\\") else {
        offsets.append(position)
        position += 1
        continue
      }
      let (content, length) = Self.escape(text[position..<literal.upperBound])
      for _ in 0..<content { offsets.append(position) }
      position += length
    }
    offsets.append(position)
    self.offsets = offsets
  }

  /// The bytes of the document from which a part of the content comes.
  package func source(of range: Range<Int>) -> Range<Int> {
    let start = offsets[min(range.lowerBound, offsets.count - 1)]
    return start..<max(start, offsets[min(range.upperBound, offsets.count - 1)])
  }

  /// The byte of the content that comes from a byte of the document, or the next one.
  package func content(at offset: Int) -> Int {
    offsets.firstIndex { $0 >= offset } ?? offsets.count - 1
  }

  /// How many bytes of content an escape gives, and how many it takes.
  private static func escape(_ text: ArraySlice<UInt8>) -> (content: Int, length: Int) {
    guard text.count > 1, text[text.startIndex + 1] == UInt8(ascii: "u") else {
      return (1, min(2, text.count))
    }
    guard let unit = codeUnit(text) else { return (1, min(6, text.count)) }
    switch unit {
    case 0..<0x80: return (1, 6)
    case 0x80..<0x800: return (2, 6)
    case 0xD800..<0xDC00:
      let rest = text.dropFirst(6)
      let follows = rest.starts(with: "\\u".utf8) ? codeUnit(rest) : nil
      let isPair = follows.map { (0xDC00..<0xE000).contains($0) } ?? false
      return isPair ? (4, 12) : (3, 6)
    default: return (3, 6)
    }
  }

  private static func codeUnit(_ text: ArraySlice<UInt8>) -> UInt32? {
    guard text.count >= 6 else { return nil }
    return UInt32(String(decoding: text.dropFirst(2).prefix(4), as: UTF8.self), radix: 16)
  }
}
