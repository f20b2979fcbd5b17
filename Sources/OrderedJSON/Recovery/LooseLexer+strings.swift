/// Strings whose quotes may be missing or of another kind.
extension LooseLexer {
  /// From the opening double quote.
  mutating func string() -> LooseToken {
    let start = position
    let stop = closingQuote(from: start + 1)
    guard byte(stop) == UInt8(ascii: "\"") else { return unclosed(start, stop) }
    if !mayFollowString(stop + 1) {
      if let mended = missingQuote(start, stop) ?? innerQuotes(start, stop) { return mended }
    }
    position = stop + 1
    return text(start + 1..<stop, within: start..<stop + 1)
  }

  /// The next quote that is not escaped, or the end of the line.
  private func closingQuote(from: Int) -> Int {
    var end = from
    while end < bytes.count {
      switch bytes[end] {
      case UInt8(ascii: "\""), 0x0A, 0x0D: return end
      case UInt8(ascii: "\\"): end += 2
      default: end += 1
      }
    }
    return bytes.count
  }

  /// A quote that is followed by a letter rather opens a text than closes this one: `"type: "If"`,
  /// or `"a, "b": 1`.
  private mutating func missingQuote(_ start: Int, _ stop: Int) -> LooseToken? {
    var end = stop
    while end > start + 1, bytes[end - 1] == 0x20 { end -= 1 }
    guard end > start + 1,
      bytes[end - 1] == UInt8(ascii: ":") || bytes[end - 1] == UInt8(ascii: ",")
    else { return nil }
    report(.unterminatedString, at: start)
    position = end - 1
    var token = text(start + 1..<end - 1, within: start..<end - 1)
    token.isKnownBad = true
    return token
  }

  /// A quote inside of a string that lacks its backslash, as in `"@concat("a", 'b')"`; the string ends
  /// at the last quote of the line that nothing but brackets and a comma follow.
  private mutating func innerQuotes(_ start: Int, _ inner: Int) -> LooseToken? {
    let line = endOfHandwriting(start)
    guard let next = byte(inner + 1), !" \t\"".utf8.contains(next),
      let end = bytes[inner..<line].lastIndex(of: UInt8(ascii: "\"")), end > inner,
      !bytes[inner..<end].contains(UInt8(ascii: ":")),
      bytes[end + 1..<line].allSatisfy({ " \t,}]".utf8.contains($0) })
    else { return nil }
    report(.unescapedQuote, at: inner)
    position = end + 1
    var token = text(start + 1..<end, within: start..<position, isMended: true)
    (token.isSure, token.isKnownBad) = (false, true)
    return token
  }

  private mutating func unclosed(_ start: Int, _ stop: Int) -> LooseToken {
    if let end = continuation(after: stop) {
      report(.controlCharacter(bytes[stop]), at: stop)
      position = end + 1
      var token = text(start + 1..<end, within: start..<end + 1, isMended: true)
      token.isSure = false
      return token
    }
    report(.unterminatedString, at: start)
    let end = endOfRunaway(start + 1, upTo: stop)
    position = end
    var token = text(start + 1..<end, within: start..<end, isMended: true)
    (token.isSure, token.isKnownBad) = (false, true)
    return token
  }

  /// Where a text that goes over several lines ends: at the next quote, unless a line on the way has
  /// structure of its own.
  private func continuation(after stop: Int) -> Int? {
    guard stop < bytes.count else { return nil }
    let quote = bytes[stop...].firstIndex(of: UInt8(ascii: "\"")) ?? bytes.count
    guard quote < bytes.count, mayFollowString(quote + 1) else { return nil }
    let structure = Set("{}[]:,\"".utf8)
    for end in stop..<quote where bytes[end] == 0x0A {
      if let first = visible(from: end + 1), structure.contains(first) { return nil }
    }
    return quote
  }

  /// From a single quote to the next; `''` stands for one.
  ///
  /// One that has no other is passed over, and so are all that follow it.
  mutating func singleQuoted() -> LooseToken {
    let start = position
    report(.singleQuotes, at: start)
    var end = start + 1
    while byte(position) == UInt8(ascii: "'") {
      let limit = min(bytes.count, position + Self.handwriting)
      end = max(end, position + 1)
      while end < limit, !isLineEnd(end), !closesSingleQuotes(end) { end += 1 }
      if end < limit, !isLineEnd(end) { return closed(start, end) }
      position += 1
      guard visible(from: position) != nil else {
        let range = start..<position
        return LooseToken(kind: .string(""), range: range, isSure: false, isKnownBad: true)
      }
      while bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    }
    return afterLoneQuotes()
  }

  private func closesSingleQuotes(_ offset: Int) -> Bool {
    bytes[offset] == UInt8(ascii: "'") && mayFollowString(offset + 1)
  }

  /// What single quotes hold, of which the first may have been passed over.
  private mutating func closed(_ start: Int, _ end: Int) -> LooseToken {
    let opening = position
    position = end + 1
    var token = text(opening + 1..<end, within: start..<position, isMended: true)
    if opening > start { token.isKnownBad = true }
    return token
  }

  private mutating func afterLoneQuotes() -> LooseToken {
    let told = errors.count
    var token = next()
    errors.removeSubrange(told...)
    token.isKnownBad = true
    return token
  }

  /// From a typographic quote to the next.
  mutating func typographic() -> LooseToken {
    let start = position
    report(.typographicQuotes, at: start)
    let line = endOfHandwriting(start)
    var end = start + 3
    while end < line, !isTypographicQuote(at: end), bytes[end] != UInt8(ascii: "\"") { end += 1 }
    position = min(line, isTypographicQuote(at: end) ? end + 3 : end + 1)
    return text(start + 3..<end, within: start..<position, isMended: true)
  }

  /// The content of a string; its escapes and its encoding are checked, once for each string.
  private mutating func text(
    _ content: Range<Int>,
    within range: Range<Int>,
    isMended: Bool = false
  ) -> LooseToken {
    var parser = JSONParser(limits: .standard, lenient: true, recordsSource: false)
    let literal = [UInt8(ascii: "\"")] + bytes[content] + [UInt8(ascii: "\"")]
    do throws(JSONParseError) {
      let value = try parser.parseDocument(literal)
      if let repair = parser.repairs.first, !isMended { reportMended(repair, content, literal) }
      return LooseToken(kind: .string(value.stringValue ?? ""), range: range)
    } catch {
      if !isMended { report(error.reason, at: content.lowerBound + error.offset - 1) }
      let raw = String(decoding: bytes[content], as: UTF8.self)
      return LooseToken(kind: .string(raw), range: range, isSure: false, isKnownBad: true)
    }
  }

  private mutating func reportMended(_ repair: JSONRepair, _ content: Range<Int>, _ text: [UInt8]) {
    let offset = content.lowerBound + repair.offset - 1
    switch repair.kind {
    case .controlCharacter: report(.controlCharacter(text[repair.offset]), at: offset)
    default: report(.invalidUTF8, at: offset + JSONParser.validPrefixLength(Array(bytes[content])))
    }
  }
}
