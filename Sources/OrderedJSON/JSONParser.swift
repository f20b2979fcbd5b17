/// A recursive reader over the bytes of one text.
///
/// Source: RFC 8259.
struct JSONParser {
  let limits: JSONLimits
  let lenient: Bool
  let recordsSource: Bool
  var repairs: [JSONRepair] = []
  var rootSource: JSONSource?

  private var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var position = 0
  private var depth = 0
  /// The sources of finished values, the children of the open container last.
  private var sources: [JSONSource] = []
  /// Finished elements and members of open containers: each container is allocated once, in full.
  private var elements: [JSON] = []
  private var members: [JSONObject.Member] = []

  init(limits: JSONLimits, lenient: Bool, recordsSource: Bool) {
    self.limits = limits
    self.lenient = lenient
    self.recordsSource = recordsSource
  }

  mutating func parseDocument(_ bytes: [UInt8]) throws(JSONParseError) -> JSON {
    guard bytes.count <= limits.byteCount else {
      throw JSONParseError(.tooLarge(limit: limits.byteCount), at: limits.byteCount)
    }
    // `withUnsafeBufferPointer` cannot carry a typed error out, hence the result.
    let outcome = bytes.withUnsafeBufferPointer { buffer -> Result<JSON, JSONParseError> in
      text = buffer
      defer { text = UnsafeBufferPointer(start: nil, count: 0) }
      do throws(JSONParseError) { return .success(try parseText()) } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  private mutating func parseText() throws(JSONParseError) -> JSON {
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    skipWhitespace()
    guard position < text.count else { throw JSONParseError(.empty, at: position) }
    let value = try parseValue(key: nil)
    skipWhitespace()
    guard position == text.count else { throw JSONParseError(.trailingText, at: position) }
    rootSource = sources.last
    return value
  }

  // MARK: Values

  private mutating func parseValue(key: Range<Int>?) throws(JSONParseError) -> JSON {
    guard position < text.count else {
      throw JSONParseError(.unexpectedEnd(expected: "a value"), at: position)
    }
    let start = position
    let firstChild = sources.count
    let value: JSON
    switch text[position] {
    case UInt8(ascii: "{"): value = try parseObject()
    case UInt8(ascii: "["): value = try parseArray()
    case UInt8(ascii: "\""): value = .string(try parseString())
    case UInt8(ascii: "t"): value = try parseWord("true", .bool(true))
    case UInt8(ascii: "f"): value = try parseWord("false", .bool(false))
    case UInt8(ascii: "n"): value = try parseWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): value = try parseNumber()
    default: throw JSONParseError(.unexpected(found: found, expected: "a value"), at: position)
    }
    if recordsSource {
      let children = Array(sources[firstChild...])
      sources.removeSubrange(firstChild...)
      sources.append(JSONSource(range: start..<position, keyRange: key, children: children))
    }
    return value
  }

  private mutating func parseObject() throws(JSONParseError) -> JSON {
    try enter()
    let first = members.count
    let firstChild = sources.count
    var atStart = true
    while try continues(in: UInt8(ascii: "}"), atStart: &atStart) {
      let keyStart = position
      guard position < text.count, text[position] == UInt8(ascii: "\"") else {
        throw unexpected("a member name in quotes")
      }
      let key = try parseString()
      let keyEnd = position
      skipWhitespace()
      guard position < text.count, text[position] == UInt8(ascii: ":") else {
        throw unexpected("':'")
      }
      position += 1
      skipWhitespace()
      members.append(JSONObject.Member(key: key, value: try parseValue(key: keyStart..<keyEnd)))
    }
    depth -= 1
    return .object(takeObject(from: first, firstChild))
  }

  /// Turns the last members into an object; of duplicates only the last one stays.
  private mutating func takeObject(from first: Int, _ firstChild: Int) -> JSONObject {
    let taken = Array(members[first...])
    members.removeSubrange(first...)
    let (object, dropped) = JSONObject.collapsing(taken)
    if recordsSource {
      for position in dropped.reversed() { sources.remove(at: firstChild + position) }
    }
    return object
  }

  private mutating func parseArray() throws(JSONParseError) -> JSON {
    try enter()
    let first = elements.count
    var atStart = true
    while try continues(in: UInt8(ascii: "]"), atStart: &atStart) {
      elements.append(try parseValue(key: nil))
    }
    depth -= 1
    let array = Array(elements[first...])
    elements.removeSubrange(first...)
    return .array(array)
  }

  private mutating func enter() throws(JSONParseError) {
    guard depth < limits.depth else {
      throw JSONParseError(.tooDeep(limit: limits.depth), at: position)
    }
    depth += 1
    position += 1
  }

  /// Moves to the next element; `false` once the closing bracket was read.
  private mutating func continues(
    in closer: UInt8,
    atStart: inout Bool
  ) throws(JSONParseError) -> Bool {
    skipWhitespace()
    guard position < text.count else { return try closeAtEnd(closer) }
    if text[position] == closer {
      position += 1
      guard isEarlyEnd() else { return false }
      atStart = false
      return true
    }
    if atStart {
      atStart = false
      return true
    }
    guard text[position] == UInt8(ascii: ",") else { return try mendMissingComma(closer) }
    let comma = position
    position += 1
    skipWhitespace()
    if position < text.count, text[position] == closer {
      guard lenient else {
        throw JSONParseError(.trailingComma(before: spelled(closer)), at: comma)
      }
      repairs.append(JSONRepair(.trailingComma, at: comma))
      position += 1
      return false
    }
    return true
  }

  /// Whether the bracket just read closes the whole object before a vendor extension, which is
  /// joined to it; any other member after the end may be a part of anything.
  private mutating func isEarlyEnd() -> Bool {
    guard lenient, depth == 1 else { return false }
    let end = position
    skipWhitespace()
    guard text[position...].starts(with: "\"x-".utf8), startsLine(position) else {
      position = end
      return false
    }
    repairs.append(JSONRepair(.earlyEnd, at: end - 1))
    return true
  }

  /// At the end of the text only closing brackets may be missing.
  private mutating func closeAtEnd(_ closer: UInt8) throws(JSONParseError) -> Bool {
    guard lenient else {
      throw JSONParseError(.unexpectedEnd(expected: "',' or '\(spelled(closer))'"), at: position)
    }
    let isKnown = repairs.last?.kind == .unclosed || repairs.last?.kind == .earlyEnd
    if !isKnown { repairs.append(JSONRepair(.unclosed, at: position)) }
    return false
  }

  /// A comma is added only before a member that starts on a new line: elsewhere it would be a guess.
  private mutating func mendMissingComma(_ closer: UInt8) throws(JSONParseError) -> Bool {
    guard lenient, closer == UInt8(ascii: "}"), text[position] == UInt8(ascii: "\""),
      startsLine(position)
    else { throw unexpected("',' or '\(spelled(closer))'") }
    repairs.append(JSONRepair(.missingComma, at: position))
    return true
  }

  private func startsLine(_ offset: Int) -> Bool {
    var before = offset - 1
    while before >= 0, text[before] == 0x20 || text[before] == 0x09 { before -= 1 }
    return before >= 0 && (text[before] == 0x0A || text[before] == 0x0D)
  }

  private mutating func parseWord(_ word: StaticString, _ value: JSON) throws(JSONParseError)
    -> JSON
  {
    let length = word.utf8CodeUnitCount
    guard position + length <= text.count else { throw unexpected("'\(word)'") }
    for index in 0..<length where text[position + index] != word.utf8Start[index] {
      throw unexpected("'\(word)'")
    }
    position += length
    return value
  }

  // MARK: Numbers

  private mutating func parseNumber() throws(JSONParseError) -> JSON {
    let start = position
    let isNegative = text[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let integerStart = position
    var magnitude: UInt64 = 0
    var overflowed = false
    while let digit = digit(at: position) {
      let (product, over) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      overflowed = overflowed || over || carry
      magnitude = sum
      position += 1
    }
    guard position > integerStart else {
      throw JSONParseError(.invalidNumber("a digit is missing"), at: start)
    }
    if text[integerStart] == UInt8(ascii: "0"), position > integerStart + 1 {
      throw JSONParseError(.invalidNumber("a leading zero"), at: start)
    }
    let isInteger = try !skipFractionAndExponent(start)
    if isInteger, !overflowed, let value = Self.signed(magnitude, isNegative) {
      return .integer(value)
    }
    return number(from: start, isInteger: isInteger)
  }

  /// An integer too long for 64 bits stays exact as a decimal while it fits one.
  private func number(from start: Int, isInteger: Bool) -> JSON {
    let spelling = String(
      decoding: UnsafeBufferPointer(rebasing: text[start..<position]),
      as: UTF8.self
    )
    if isInteger, let decimal = ScaledDecimal(text: spelling) { return .decimal(decimal) }
    return .double(Double(spelling) ?? .nan)
  }

  private static func signed(_ magnitude: UInt64, _ isNegative: Bool) -> Int64? {
    guard isNegative else { return Int64(exactly: magnitude) }
    return magnitude == UInt64(Int64.max) + 1 ? Int64.min : Int64(exactly: magnitude).map { -$0 }
  }

  private mutating func skipFractionAndExponent(_ start: Int) throws(JSONParseError) -> Bool {
    var present = false
    if position < text.count, text[position] == UInt8(ascii: ".") {
      present = true
      position += 1
      try skipDigits(start, "a digit is missing after the point")
    }
    if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
      present = true
      position += 1
      if position < text.count,
        text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      try skipDigits(start, "a digit is missing in the exponent")
    }
    return present
  }

  private mutating func skipDigits(_ start: Int, _ why: String) throws(JSONParseError) {
    guard digit(at: position) != nil else { throw JSONParseError(.invalidNumber(why), at: start) }
    while digit(at: position) != nil { position += 1 }
  }

  private func digit(at offset: Int) -> UInt8? {
    guard offset < text.count else { return nil }
    let value = text[offset] &- UInt8(ascii: "0")
    return value < 10 ? value : nil
  }

  // MARK: Strings

  /// Reads from the opening quote; the common string has no escape and is decoded in one piece.
  private mutating func parseString() throws(JSONParseError) -> String {
    let start = position + 1
    var cursor = start
    while cursor < text.count {
      let byte = text[cursor]
      if byte == UInt8(ascii: "\"") {
        position = cursor + 1
        return try decode(start..<cursor)
      }
      if byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      cursor += 1
    }
    return try parseEscapedString(from: start, upTo: cursor)
  }

  private mutating func parseEscapedString(
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
      default:
        if byte < 0x20 { try acceptControl(byte, at: cursor) }
        bytes.append(byte)
        cursor += 1
      }
    }
    throw JSONParseError(.unterminatedString, at: start - 1)
  }

  private mutating func acceptControl(_ byte: UInt8, at offset: Int) throws(JSONParseError) {
    let isLineEnd = byte == 0x0A || byte == 0x0D
    guard lenient, !isLineEnd else { throw JSONParseError(.controlCharacter(byte), at: offset) }
    repairs.append(JSONRepair(.controlCharacter, at: offset))
  }

  private func appendEscape(
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

  private static let simpleEscapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]

  /// A surrogate without its partner becomes U+FFFD: Swift strings cannot hold it.
  private func unicodeEscape(
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

  private func fourDigits(_ cursor: inout Int, _ start: Int) throws(JSONParseError) -> UInt32 {
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

  private static func hexadecimalValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  private mutating func decode(_ range: Range<Int>) throws(JSONParseError) -> String {
    let slice = UnsafeBufferPointer(rebasing: text[range])
    if let string = String(validating: slice, as: UTF8.self) { return string }
    return try decodeMended(Array(slice), at: range.lowerBound)
  }

  private mutating func decodeMended(
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
  private static func validPrefixLength(_ bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var length = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      length += UTF8.width(scalar)
    }
    return length
  }

  // MARK: Places

  private mutating func skipWhitespace() {
    while position < text.count {
      switch text[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private func unexpected(_ expected: String) -> JSONParseError {
    guard position < text.count else {
      return JSONParseError(.unexpectedEnd(expected: expected), at: position)
    }
    return JSONParseError(.unexpected(found: found, expected: expected), at: position)
  }

  /// The character at the current place, as messages show it.
  private var found: String {
    let tail = text[position..<min(position + 4, text.count)]
    guard let scalar = String(decoding: tail, as: UTF8.self).unicodeScalars.first else {
      return "the end"
    }
    return scalar.value < 0x20 ? "U+00\(hexadecimal(UInt8(scalar.value)))" : "'\(scalar)'"
  }

  private func spelled(_ byte: UInt8) -> String { String(Unicode.Scalar(byte)) }
}
