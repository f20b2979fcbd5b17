/// Cuts a text that may not be JSON into tokens, and tells what is wrong with each of them.
struct LooseLexer {
  let bytes: [UInt8]
  /// Behind a byte order mark.
  let start: Int
  var position: Int
  var errors: [JSONParseError] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    position = start
  }

  /// All tokens until there are so many errors; the last one is the end.
  mutating func tokens(mostErrors: Int) -> [LooseToken] {
    var tokens: [LooseToken] = []
    while errors.count < mostErrors {
      skipBlanksAndComments()
      guard position < bytes.count else { break }
      tokens.append(next())
    }
    tokens.append(LooseToken(kind: .end, range: bytes.count..<bytes.count))
    return tokens
  }

  mutating func next() -> LooseToken {
    switch bytes[position] {
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: ";"):
      defer { position += 1 }
      return LooseToken(kind: .mark(bytes[position]), range: position..<position + 1)
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "'"): return singleQuoted()
    default: return isTypographicQuote(at: position) ? typographic() : word()
    }
  }

  mutating func report(_ reason: JSONParseError.Reason, at offset: Int) {
    errors.append(JSONParseError(reason, at: offset))
  }

  // MARK: Blanks

  private mutating func skipBlanksAndComments() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      case 0xC2 where byte(position + 1) == 0xA0:
        if errors.last?.reason != .noBreakSpace { report(.noBreakSpace, at: position) }
        position += 2
      case UInt8(ascii: "#"): skipComment(to: endOfLine(position))
      case UInt8(ascii: "/") where byte(position + 1) == UInt8(ascii: "/"):
        skipComment(to: endOfLine(position))
      case UInt8(ascii: "/") where byte(position + 1) == UInt8(ascii: "*"):
        skipComment(to: endOfBlockComment(position + 2))
      default: return
      }
    }
  }

  private mutating func skipComment(to end: Int) {
    report(.comment, at: position)
    position = end
  }

  private func endOfBlockComment(_ from: Int) -> Int {
    var end = from
    while end < bytes.count {
      if bytes[end] == UInt8(ascii: "*"), byte(end + 1) == UInt8(ascii: "/") { return end + 2 }
      end += 1
    }
    return end
  }

  // MARK: Places

  func byte(_ offset: Int) -> UInt8? { bytes.indices.contains(offset) ? bytes[offset] : nil }

  /// Where the line of a byte ends, its line end left out.
  func endOfLine(_ offset: Int) -> Int { endOfLine(offset, within: bytes.count) }

  /// Where what a person wrote in one line ends; what a program wrote goes on, and to look through
  /// all of it for every quote would take forever.
  func endOfHandwriting(_ offset: Int) -> Int {
    endOfLine(offset, within: min(bytes.count, offset + Self.handwriting))
  }

  /// No line that a person writes has more bytes.
  static let handwriting = 4000

  private func endOfLine(_ offset: Int, within limit: Int) -> Int {
    var end = offset
    while end < limit, !isLineEnd(end) { end += 1 }
    return end
  }

  func isLineEnd(_ offset: Int) -> Bool { bytes[offset] == 0x0A || bytes[offset] == 0x0D }

  /// The first byte from here that is no blank, on this line only; `nil` at its end.
  func visible(from offset: Int) -> UInt8? {
    var here = offset
    while let byte = byte(here), byte == 0x20 || byte == 0x09 { here += 1 }
    guard let byte = byte(here), byte != 0x0A, byte != 0x0D else { return nil }
    return byte
  }

  /// Whether a string may end before this place: at a mark, or at the end of the line.
  func mayFollowString(_ offset: Int) -> Bool {
    guard let next = visible(from: offset) else { return true }
    return ":,}]".utf8.contains(next)
  }

  func isTypographicQuote(at offset: Int) -> Bool {
    byte(offset) == 0xE2 && byte(offset + 1) == 0x80
      && (byte(offset + 2) == 0x9C || byte(offset + 2) == 0x9D || byte(offset + 2) == 0x9E)
  }

  /// The end of a text that runs to the end of its line, without a comma and brackets that close
  /// more than the text opens: they belong to what is around it.
  func endOfRunaway(_ from: Int, upTo end: Int) -> Int {
    var end = end
    var surplus = 0
    for byte in bytes[from..<end] {
      if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { surplus += 1 }
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { surplus -= 1 }
    }
    while end > from {
      switch bytes[end - 1] {
      case 0x20, 0x09, UInt8(ascii: ","): end -= 1
      case UInt8(ascii: "}") where surplus > 0, UInt8(ascii: "]") where surplus > 0:
        surplus -= 1
        end -= 1
      default: return end
      }
    }
    return end
  }
}
