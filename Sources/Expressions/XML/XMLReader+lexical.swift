import Diagnostics

/// The small pieces that documents are made of.
extension XMLReader {
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  @discardableResult
  mutating func skipSpace() -> Bool {
    let start = position
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    return position > start
  }

  /// Takes exactly this text, if it stands here.
  mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    for index in 0..<count where bytes[position + index] != text.utf8Start[index] { return false }
    position += count
    return true
  }

  func find(_ text: String, in range: Range<Int>) -> Int? {
    let wanted = Array(text.utf8)
    var index = range.lowerBound
    while index + wanted.count <= range.upperBound {
      if bytes[index] == wanted[0], bytes[index..<index + wanted.count].elementsEqual(wanted) {
        return index
      }
      index += 1
    }
    return nil
  }

  /// Takes everything before a text, and the text.
  mutating func upTo(_ end: String, _ what: String) throws(ExpressionError) -> String {
    guard let found = find(end, in: position..<bytes.count) else {
      throw failure("\(what) is not closed")
    }
    let content = String(decoding: bytes[position..<found], as: UTF8.self)
    guard content.unicodeScalars.allSatisfy(XMLName.isCharacter) else {
      throw failure("\(what) holds a character that XML does not allow")
    }
    position = found + end.utf8.count
    return content
  }

  /// Takes a text in quotes and returns where it stands between them.
  mutating func quoted() throws(ExpressionError) -> Range<Int> {
    guard position < bytes.count,
      bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'")
    else { throw failure("a value must stand in quotes") }
    let quote = bytes[position]
    let start = position + 1
    guard let end = bytes[start...].firstIndex(of: quote) else {
      throw failure("a value has no closing quote")
    }
    position = end + 1
    return start..<end
  }

  mutating func name() throws(ExpressionError) -> String {
    let start = position
    while position < bytes.count {
      let scalar = UTF8Scalar(bytes, at: position)
      guard position == start ? XMLName.isStart(scalar.value) : XMLName.isPart(scalar.value) else {
        break
      }
      position += scalar.width
    }
    guard position > start else { throw failure("a name is expected") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Line ends as one line feed each.
  func lines(_ text: String) -> String {
    guard text.utf8.contains(0x0D) else { return text }
    var scalars = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if scalar == "\r" {
        scalars.append("\n")
      } else if scalar != "\n" || previous != "\r" {
        scalars.append(scalar)
      }
      previous = scalar
    }
    return String(scalars)
  }

  /// The text of a range with references resolved.
  mutating func content(
    _ range: Range<Int>,
    isAttribute: Bool
  ) throws(ExpressionError) -> String {
    let text = lines(String(decoding: bytes[range], as: UTF8.self))
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "&" {
        result.append(try reference(&rest, at: range.lowerBound))
      } else if isAttribute, scalar == "\n" || scalar == "\t" {
        result.append(" ")
      } else if XMLName.isCharacter(scalar) {
        result.append(scalar)
      } else {
        position = range.lowerBound
        throw failure("the text holds a character that XML does not allow")
      }
    }
    return String(result)
  }

  private mutating func reference(
    _ rest: inout Substring.UnicodeScalarView,
    at start: Int
  ) throws(ExpressionError) -> Unicode.Scalar {
    guard let end = rest.prefix(64).firstIndex(of: ";") else {
      position = start
      throw failure("'&' must be written as '&amp;'")
    }
    let name = String(rest[..<end])
    rest = rest[rest.index(after: end)...]
    guard let scalar = XMLName.entity(name), XMLName.isCharacter(scalar) else {
      position = start
      throw failure("the entity '&\(shown(name));' is not supported")
    }
    return scalar
  }

  /// A name as it may stand in a message.
  func shown(_ name: String) -> String { String(name.prefix(60)) }

  func failure(_ message: String) -> ExpressionError {
    let before = bytes[..<min(position, bytes.count)]
    let line = before.count { $0 == 0x0A } + 1
    let column = before.reversed().prefix { $0 != 0x0A }.count + 1
    return ExpressionError(
      .invalidXML,
      "the XML is not well-formed: line \(line), column \(column): \(message)"
    )
  }
}
