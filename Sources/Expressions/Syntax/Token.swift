/// One word of an expression.
struct Token: Sendable {
  enum Kind: Hashable, Sendable {
    case string(String)
    case integer(Int64)
    case double(Double)
    case identifier(String)
    case leftParenthesis
    case rightParenthesis
    case leftBracket
    case rightBracket
    case comma
    case dot
    case questionMark
    case rightBrace
    case end
  }

  let kind: Kind
  /// The bytes of the token in the string that holds the expression.
  let range: Range<Int>
}
