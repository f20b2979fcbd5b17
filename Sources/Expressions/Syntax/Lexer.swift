import Diagnostics

/// Splits an expression into tokens, one at a time.
///
/// Source: workflow language reference, section b.2.
struct Lexer {
  let bytes: [UInt8]
  private(set) var position: Int

  init(_ bytes: [UInt8], at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// The next token, `.end` after the last.
  ///
  /// Throws E0001 for text that starts no token and E0003 for an integer beyond 64 bits.
  mutating func next() throws(ExpressionError) -> Token {
    skipWhitespace()
    let start = position
    guard start < bytes.count else { return Token(kind: .end, range: start..<start) }
    if let kind = Self.punctuation(bytes[start]) {
      position += 1
      return Token(kind: kind, range: start..<position)
    }
    let kind =
      switch bytes[start] {
      case UInt8(ascii: "'"): try string()
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
        try number()
      default: try identifier()
      }
    return Token(kind: kind, range: start..<position)
  }

  private static func punctuation(_ byte: UInt8) -> Token.Kind? {
    switch byte {
    case UInt8(ascii: "("): .leftParenthesis
    case UInt8(ascii: ")"): .rightParenthesis
    case UInt8(ascii: "["): .leftBracket
    case UInt8(ascii: "]"): .rightBracket
    case UInt8(ascii: ","): .comma
    case UInt8(ascii: "."): .dot
    case UInt8(ascii: "?"): .questionMark
    case UInt8(ascii: "}"): .rightBrace
    default: nil
    }
  }

  private mutating func string() throws(ExpressionError) -> Token.Kind {
    let start = position
    position += 1
    var content: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte != UInt8(ascii: "'") {
        content.append(byte)
      } else if position < bytes.count, bytes[position] == UInt8(ascii: "'") {
        content.append(byte)
        position += 1
      } else {
        return .string(String(decoding: content, as: UTF8.self))
      }
    }
    throw ExpressionError(
      .expressionSyntax,
      "this text has no closing quote",
      hint: "add the closing ' ; a quote inside the text is written twice",
      range: start..<start + 1
    )
  }

  private mutating func identifier() throws(ExpressionError) -> Token.Kind {
    let start = position
    while position < bytes.count {
      let length = identifierLength()
      if length == 0 { break }
      position += length
    }
    guard position > start else {
      let width = max(1, UTF8Scalar(bytes, at: start).width)
      let culprit = String(decoding: bytes[start..<min(bytes.count, start + width)], as: UTF8.self)
      throw ExpressionError(
        .expressionSyntax,
        "'\(culprit)' is not part of the expression language",
        hint: "expressions are literals and function calls such as concat('a', 'b')",
        range: start..<start + width
      )
    }
    return .identifier(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  /// How many bytes of the character here belong to an identifier; 0 ends it.
  private func identifierLength() -> Int {
    let byte = bytes[position]
    guard byte >= 0x80 else { return Self.endsIdentifier(byte) ? 0 : 1 }
    let scalar = UTF8Scalar(bytes, at: position)
    return scalar.isWhitespace ? 0 : scalar.width
  }

  private static func endsIdentifier(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09...0x0D, 0x20, UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "?"), UInt8(ascii: "@"), UInt8(ascii: "'"):
      true
    default: false
    }
  }

  private mutating func skipWhitespace() {
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x80 {
        guard byte == 0x20 || (0x09...0x0D).contains(byte) else { return }
        position += 1
      } else {
        let scalar = UTF8Scalar(bytes, at: position)
        guard scalar.isWhitespace else { return }
        position += scalar.width
      }
    }
  }
}

// MARK: Numbers

extension Lexer {
  private mutating func number() throws(ExpressionError) -> Token.Kind {
    let start = position
    var isFloat = false
    if !isDigit(bytes[position]) { position += 1 }
    let whole = skipDigits()
    if peek == UInt8(ascii: ".") {
      position += 1
      isFloat = true
      let fraction = skipDigits()
      guard whole > 0 || fraction > 0 else { throw malformed(start) }
    } else {
      guard whole > 0 else { throw malformed(start) }
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      position += 1
      isFloat = true
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
      guard skipDigits() > 0 else { throw malformed(start) }
    }
    if position < bytes.count, identifierLength() > 0 { throw malformed(start) }
    return try value(of: start..<position, isFloat: isFloat)
  }

  private func value(of range: Range<Int>, isFloat: Bool) throws(ExpressionError) -> Token.Kind {
    let text = String(decoding: bytes[range], as: UTF8.self)
    if isFloat, let value = Double(text.hasSuffix(".") ? text + "0" : text) {
      return .double(value)
    }
    guard let value = Int64(text) else {
      throw ExpressionError(
        .literalOutOfRange,
        "'\(text)' does not fit a 64-bit integer",
        hint: "write it with a fraction or exponent, or as decimal('\(text)')",
        range: range
      )
    }
    return .integer(value)
  }

  private func malformed(_ start: Int) -> ExpressionError {
    let end = min(bytes.count, max(position, start + 1))
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    return ExpressionError(
      .expressionSyntax,
      "'\(text)' is not a number",
      hint: text == "+" || text == "-"
        ? "there are no signs between values: write \(text == "+" ? "add(a, b) or concat" : "sub")(a, b)"
        : "numbers look like 1, -2, 0.5 or 1e9",
      range: start..<end
    )
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipDigits() -> Int {
    let start = position
    while position < bytes.count, isDigit(bytes[position]) { position += 1 }
    return position - start
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
