/// A recursive reader over the bytes of one text.
///
/// Source: RFC 8259.
struct JSONParser: ~Copyable {
  let limits: JSONLimits
  let lenient: Bool
  let recordsSource: Bool
  var repairs: [JSONRepair] = []
  var rootSource: JSONSource?
  /// The keys, with their quotes, of members that a later one of the same name replaced.
  var replacedKeys: [Range<Int>] = []

  var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  var position = 0
  var depth = 0
  /// The sources of finished values, the children of the open container last.
  var sources: [JSONSource] = []
  var elements = PartStack<JSON>()
  var members = PartStack<JSONObject.Member>()

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

  mutating func parseText() throws(JSONParseError) -> JSON {
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

  mutating func parseValue(key: Range<Int>?) throws(JSONParseError) -> JSON {
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
      sources.removeLast(sources.count - firstChild)
      sources.append(JSONSource(range: start..<position, keyRange: key, children: children))
    }
    return value
  }

  mutating func parseObject() throws(JSONParseError) -> JSON {
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
  mutating func takeObject(from first: Int, _ firstChild: Int) -> JSONObject {
    let (object, dropped) = JSONObject.collapsing(members.take(from: first))
    if recordsSource {
      for position in dropped.reversed() {
        if let key = sources.remove(at: firstChild + position).keyRange { replacedKeys.append(key) }
      }
    }
    return object
  }

  mutating func parseArray() throws(JSONParseError) -> JSON {
    try enter()
    let first = elements.count
    var atStart = true
    while try continues(in: UInt8(ascii: "]"), atStart: &atStart) {
      elements.append(try parseValue(key: nil))
    }
    depth -= 1
    return .array(elements.take(from: first))
  }

  mutating func enter() throws(JSONParseError) {
    guard depth < limits.depth else {
      throw JSONParseError(.tooDeep(limit: limits.depth), at: position)
    }
    depth += 1
    position += 1
  }

  /// Moves to the next element; `false` once the closing bracket was read.
  mutating func continues(
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
  mutating func closeAtEnd(_ closer: UInt8) throws(JSONParseError) -> Bool {
    guard lenient else {
      throw JSONParseError(.unexpectedEnd(expected: "',' or '\(spelled(closer))'"), at: position)
    }
    let isKnown = repairs.last?.kind == .unclosed || repairs.last?.kind == .earlyEnd
    if !isKnown { repairs.append(JSONRepair(.unclosed, at: position)) }
    return false
  }

  /// A comma is added only before a member that starts on a new line: elsewhere it would be a guess.
  mutating func mendMissingComma(_ closer: UInt8) throws(JSONParseError) -> Bool {
    guard lenient, closer == UInt8(ascii: "}"), text[position] == UInt8(ascii: "\""),
      startsLine(position)
    else { throw unexpected("',' or '\(spelled(closer))'") }
    repairs.append(JSONRepair(.missingComma, at: position))
    return true
  }

  func startsLine(_ offset: Int) -> Bool {
    var before = offset - 1
    while before >= 0, text[before] == 0x20 || text[before] == 0x09 { before -= 1 }
    return before >= 0 && (text[before] == 0x0A || text[before] == 0x0D)
  }

  mutating func parseWord(_ word: StaticString, _ value: JSON) throws(JSONParseError)
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

  // MARK: Places

  mutating func skipWhitespace() {
    while position < text.count {
      switch text[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  func unexpected(_ expected: String) -> JSONParseError {
    guard position < text.count else {
      return JSONParseError(.unexpectedEnd(expected: expected), at: position)
    }
    return JSONParseError(.unexpected(found: found, expected: expected), at: position)
  }

  /// The character at the current place, as messages show it.
  var found: String {
    let tail = text[position..<min(position + 4, text.count)]
    guard let scalar = String(decoding: tail, as: UTF8.self).unicodeScalars.first else {
      return "the end"
    }
    return scalar.value < 0x20 ? "U+00\(hexadecimal(UInt8(scalar.value)))" : "'\(scalar)'"
  }

  func spelled(_ byte: UInt8) -> String { String(Unicode.Scalar(byte)) }
}
