import Diagnostics
import OrderedJSON

/// Builds the tree of one expression.
///
/// Source: workflow language reference, section b.2.
struct Parser {
  private var lexer: Lexer
  private var token: Token
  private var depth = 0
  private let limit: Int

  /// Starts at an offset of the string that holds the expression.
  ///
  /// Throws E0001 to E0003.
  init(_ bytes: [UInt8], at offset: Int, depthLimit: Int) throws(ExpressionError) {
    lexer = Lexer(bytes, at: offset)
    token = try lexer.next()
    limit = depthLimit
  }

  /// Reads an expression that takes the whole rest of the string.
  ///
  /// Throws E0001 to E0003.
  mutating func parseToEnd() throws(ExpressionError) -> Node {
    let node = try expression()
    guard token.kind == .end else { throw unexpected("the end of the expression") }
    return node
  }

  /// Reads an expression up to the `}` that ends it, and returns the offset behind that.
  ///
  /// Throws E0001 to E0003.
  mutating func parseToBrace() throws(ExpressionError) -> (node: Node, end: Int) {
    let node = try expression()
    guard token.kind == .rightBrace else { throw unexpected("'}'") }
    return (node, token.range.upperBound)
  }

  private mutating func expression() throws(ExpressionError) -> Node {
    let start = token.range
    guard depth < limit else {
      throw ExpressionError(
        .expressionTooDeep,
        "the expression is nested deeper than the limit of \(limit)",
        hint: "compute parts of it in a Compose action or a variable",
        range: start
      )
    }
    depth += 1
    defer { depth -= 1 }
    switch token.kind {
    case .string(let value): return try literal(.string(value))
    case .integer(let value): return try literal(.integer(value))
    case .double(let value): return try literal(.double(value))
    case .identifier(let name): return try word(name)
    default: throw unexpected("a value or a function call")
    }
  }

  private mutating func literal(_ value: JSON) throws(ExpressionError) -> Node {
    let node = Node.literal(Node.Literal(value, range: token.range))
    try advance()
    if token.kind == .dot || token.kind == .leftBracket || token.kind == .questionMark {
      throw unexpected("the end of the value", hint: "only function calls have properties")
    }
    return node
  }

  private mutating func word(_ name: String) throws(ExpressionError) -> Node {
    switch name {
    case "null": return try literal(.null)
    case "true": return try literal(.bool(true))
    case "false": return try literal(.bool(false))
    default: return try call(name)
    }
  }

  private mutating func call(_ name: String) throws(ExpressionError) -> Node {
    let nameRange = token.range
    try advance()
    guard token.kind == .leftParenthesis else { throw notACall(name, nameRange) }
    try advance()
    var arguments: [Node] = []
    if token.kind != .rightParenthesis {
      arguments.append(try expression())
      while token.kind == .comma {
        try advance()
        arguments.append(try expression())
      }
    }
    guard token.kind == .rightParenthesis else { throw unexpected("',' or ')'") }
    let range = nameRange.lowerBound..<token.range.upperBound
    try advance()
    let call = Node.Call(name: name, arguments: arguments, nameRange: nameRange, range: range)
    return try selections(from: .call(call))
  }

  private mutating func selections(from base: Node) throws(ExpressionError) -> Node {
    var steps: [Node.Step] = []
    while true {
      let start = token.range.lowerBound
      let isOptional = token.kind == .questionMark
      if isOptional { try advance() }
      switch token.kind {
      case .dot: steps.append(try property(isOptional, start))
      case .leftBracket: steps.append(try element(isOptional, start))
      default:
        guard !isOptional else { throw unexpected("'.' or '[' after '?'") }
        return steps.isEmpty ? base : .selection(Node.Selection(base: base, steps: steps))
      }
    }
  }

  private mutating func property(
    _ isOptional: Bool,
    _ start: Int
  ) throws(ExpressionError) -> Node.Step {
    try advance()
    guard case .identifier(let name) = token.kind else {
      throw unexpected("a property name", hint: "write names with other characters as ['name']")
    }
    let range = token.range
    try advance()
    let key = Node.literal(Node.Literal(.string(name), range: range))
    return Node.Step(key: key, isOptional: isOptional, range: start..<range.upperBound)
  }

  private mutating func element(
    _ isOptional: Bool,
    _ start: Int
  ) throws(ExpressionError) -> Node.Step {
    try advance()
    let key = try expression()
    guard token.kind == .rightBracket else { throw unexpected("']'") }
    let end = token.range.upperBound
    try advance()
    return Node.Step(key: key, isOptional: isOptional, range: start..<end)
  }

  private mutating func advance() throws(ExpressionError) { token = try lexer.next() }
}

// MARK: Errors

extension Parser {
  private func unexpected(_ expected: String, hint: String? = nil) -> ExpressionError {
    let found =
      token.kind == .end
      ? "the expression ends"
      : "found '\(String(decoding: lexer.bytes[token.range].prefix(40), as: UTF8.self))'"
    return ExpressionError(
      .expressionSyntax,
      "\(found) where \(expected) is expected",
      hint: hint ?? self.hint,
      range: token.range.isEmpty
        ? max(0, token.range.lowerBound - 1)..<token.range.upperBound
        : token.range
    )
  }

  /// What to do about a token that cannot stand where it does.
  private var hint: String {
    switch token.kind {
    case .end: return "check for a bracket or a quote that is not closed"
    default: break
    }
    let found = String(decoding: lexer.bytes[token.range], as: UTF8.self)
    if let function = Self.functionsOfSigns[found] {
      return "there are no signs between values: write \(function)(a, b)"
    }
    return found == "}"
      ? "check for a bracket that is not closed before it"
      : "check for a missing comma, bracket or quote just before this place"
  }

  private static let functionsOfSigns = [
    "==": "equals", "=": "equals", "<": "less", ">": "greater", "<=": "lessOrEquals",
    ">=": "greaterOrEquals", "&&": "and", "||": "or", "*": "mul", "/": "div", "%": "mod",
  ]

  private func notACall(_ name: String, _ range: Range<Int>) -> ExpressionError {
    let hint =
      if name.hasPrefix("\"") || name.first.map({ "‘’“”`´".contains($0) }) == true {
        "texts stand in single quotes: 'text'"
      } else if ["null", "true", "false"].contains(name.lowercased()) {
        "write '\(name.lowercased())'"
      } else {
        "write '\(name)()' to call a function, or ''\(name)'' for a text; "
          + "a text that starts with '@' is written with '@@'"
      }
    return ExpressionError(
      .expressionSyntax,
      "'\(name)' is neither a value nor a function call",
      hint: hint,
      range: range
    )
  }
}
