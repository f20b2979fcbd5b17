/// Strings: their escapes and their encoding.
///
/// Source: RFC 8259 section 7.
extension JSONParser {
  /// Reads from the opening quote; the common string has no escape and is decoded in one piece.
  mutating func parseString() throws(JSONParseError) -> String {
    let start = position + 1
    let (end, isASCII) = PlainText.scan(text, from: start)
    guard end < text.count, text[end] == UInt8(ascii: "\"") else {
      return try parseEscapedString(from: start, upTo: end)
    }
    position = end + 1
    // Validation costs several times the copy, and ASCII needs none.
    return isASCII ? ascii(start..<end) : try decode(start..<end)
  }

  mutating func parseEscapedString(
    from start: Int,
    upTo clean: Int
  ) throws(JSONParseError) -> String {
    var bytes = Array(text[start..<clean])
    var cursor = clean
    while cursor < text.count {
      let byte = text[cursor]
      switch byte {
      case UInt8(ascii: "\""):
        position = cursor + 1
        if let string = String(validating: bytes, as: UTF8.self) { return string }
        return try decodeMended(bytes, at: start)
      case UInt8(ascii: "\\"): try appendEscape(&cursor, to: &bytes)
      case ..<0x20:
        try acceptControl(byte, at: cursor)
        bytes.append(byte)
        cursor += 1
      default:
        let end = PlainText.end(in: text, from: cursor)
        bytes.append(contentsOf: text[cursor..<end])
        cursor = end
      }
    }
    throw JSONParseError(.unterminatedString, at: start - 1)
  }

  mutating func acceptControl(_ byte: UInt8, at offset: Int) throws(JSONParseError) {
    let isLineEnd = byte == 0x0A || byte == 0x0D
    guard lenient, !isLineEnd else { throw JSONParseError(.controlCharacter(byte), at: offset) }
    repairs.append(JSONRepair(.controlCharacter, at: offset))
  }

  func appendEscape(
    _ cursor: inout Int,
    to bytes: inout [UInt8]
  ) throws(JSONParseError) {
    let start = cursor
    guard cursor + 1 < text.count else { throw JSONParseError(.unterminatedString, at: start) }
    let letter = text[cursor + 1]
    cursor += 2
    if letter == UInt8(ascii: "u") {
      let scalar = try unicodeEscape(&cursor, start)
      bytes.append(contentsOf: Array(String(scalar).utf8))
      return
    }
    guard let byte = Self.simpleEscapes[letter] else {
      let shown = String(decoding: [UInt8(ascii: "\\"), letter], as: UTF8.self)
      throw JSONParseError(.invalidEscape(shown), at: start)
    }
    bytes.append(byte)
  }

  static let simpleEscapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]

  /// A surrogate without its partner becomes U+FFFD: Swift strings cannot hold it.
  func unicodeEscape(
    _ cursor: inout Int,
    _ start: Int
  ) throws(JSONParseError) -> Unicode.Scalar {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    let first = try fourDigits(&cursor, start)
    guard (0xD800...0xDBFF).contains(first) else { return Unicode.Scalar(first) ?? replacement }
    var ahead = cursor
    guard ahead + 1 < text.count, text[ahead] == UInt8(ascii: "\\"),
      text[ahead + 1] == UInt8(ascii: "u")
    else { return replacement }
    ahead += 2
    let second = try fourDigits(&ahead, cursor)
    guard (0xDC00...0xDFFF).contains(second) else { return replacement }
    cursor = ahead
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? replacement
  }

  func fourDigits(_ cursor: inout Int, _ start: Int) throws(JSONParseError) -> UInt32 {
    var value: UInt32 = 0
    let end = cursor + 4
    while cursor < min(end, text.count), let digit = Self.hexadecimalValue(text[cursor]) {
      value = value << 4 | digit
      cursor += 1
    }
    guard cursor == end else {
      let shown = String(decoding: text[start..<min(end, text.count)], as: UTF8.self)
      throw JSONParseError(.invalidEscape(shown), at: start)
    }
    return value
  }

  static func hexadecimalValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  private func ascii(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: text[range]), as: UTF8.self)
  }

  mutating func decode(_ range: Range<Int>) throws(JSONParseError) -> String {
    let slice = UnsafeBufferPointer(rebasing: text[range])
    if let string = String(validating: slice, as: UTF8.self) { return string }
    return try decodeMended(Array(slice), at: range.lowerBound)
  }

  mutating func decodeMended(
    _ bytes: [UInt8],
    at offset: Int
  ) throws(JSONParseError) -> String {
    guard lenient else {
      throw JSONParseError(.invalidUTF8, at: offset + Self.validPrefixLength(bytes))
    }
    repairs.append(JSONRepair(.windows1252, at: offset))
    return Windows1252.decode(bytes)
  }

  /// How many leading bytes are well-formed UTF-8.
  static func validPrefixLength(_ bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var length = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      length += UTF8.width(scalar)
    }
    return length
  }
}
