import Diagnostics

/// Splits an XPath expression into tokens.
///
/// Source: W3C XPath 1.0, section 3.7.
struct XPathLexer {
  enum Token: Hashable {
    case number(Double)
    case literal(String)
    /// A name, with its prefix.
    case name(String)
    /// Punctuation and operators, also those spelled as names.
    case symbol(String)
    case end
  }

  private var rest: ArraySlice<Unicode.Scalar>
  private var previous: Token?

  private init(_ text: String) { rest = Array(text.unicodeScalars)[...] }

  /// Throws E0304 for text that is no XPath.
  static func tokens(of text: String) throws(ExpressionError) -> [Token] {
    var lexer = XPathLexer(text)
    var tokens: [Token] = []
    while let token = try lexer.next() {
      tokens.append(token)
      lexer.previous = token
    }
    return tokens
  }

  private mutating func next() throws(ExpressionError) -> Token? {
    while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
    guard let first = rest.first else { return nil }
    if first == "'" || first == "\"" { return try literal(first) }
    if isDigit(first) || (first == "." && rest.dropFirst().first.map(isDigit) == true) {
      return number()
    }
    if first != ":", XMLName.isStart(first) { return name() }
    for symbol in Self.symbols where rest.starts(with: symbol.unicodeScalars) {
      rest = rest.dropFirst(symbol.unicodeScalars.count)
      return .symbol(symbol == "*" && followsOperand ? "multiply" : symbol)
    }
    throw XPathParser.failure("'\(first)' is not part of XPath")
  }

  private static let symbols = [
    "//", "::", "..", "!=", "<=", ">=", "/", ".", "@", "(", ")", "[", "]", ",", "|", "+", "-", "=",
    "<", ">", "*",
  ]

  private mutating func literal(_ quote: Unicode.Scalar) throws(ExpressionError) -> Token {
    let content = rest.dropFirst().prefix { $0 != quote }
    guard content.endIndex < rest.endIndex else {
      throw XPathParser.failure("a text has no closing quote")
    }
    rest = rest.dropFirst(content.count + 2)
    return .literal(String(String.UnicodeScalarView(content)))
  }

  private mutating func number() -> Token {
    var text = String.UnicodeScalarView(rest.prefix(while: isDigit))
    rest = rest.dropFirst(text.count)
    if rest.first == "." {
      let fraction = rest.dropFirst().prefix(while: isDigit)
      rest = rest.dropFirst(fraction.count + 1)
      text.append(".")
      text.append(contentsOf: fraction)
    }
    if text.last == "." { text.append("0") }
    return .number(Double("0" + String(text)) ?? .nan)
  }

  /// After an operand, `and`, `or`, `div` and `mod` are operators.
  private mutating func name() -> Token {
    var name = takeName()
    if followsOperand, ["and", "or", "div", "mod"].contains(name) { return .symbol(name) }
    if rest.first == ":", rest.dropFirst().first != ":" {
      rest.removeFirst()
      if rest.first == "*" {
        rest.removeFirst()
        return .name(name + ":*")
      }
      name += ":" + takeName()
    }
    return .name(name)
  }

  private mutating func takeName() -> String {
    let name = rest.prefix { $0 != ":" && XMLName.isPart($0) }
    rest = rest.dropFirst(name.count)
    return String(String.UnicodeScalarView(name))
  }

  private var followsOperand: Bool {
    switch previous {
    case nil: false
    case .symbol(let symbol): [")", "]", ".", "..", "*"].contains(symbol)
    default: true
    }
  }

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }
}
