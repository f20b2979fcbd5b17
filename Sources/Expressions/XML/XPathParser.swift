import Diagnostics

/// Builds the tree of an XPath expression.
///
/// Source: W3C XPath 1.0, section 3.
struct XPathParser {
  private typealias Token = XPathLexer.Token

  private let tokens: [XPathLexer.Token]
  private var position = 0
  private var depth = 0

  private static let depthLimit = 64

  private init(_ tokens: [XPathLexer.Token]) { self.tokens = tokens }

  /// Throws E0304 for text that is no XPath 1.0.
  static func parse(_ text: String) throws(ExpressionError) -> XPathExpression {
    var parser = XPathParser(try XPathLexer.tokens(of: text))
    let expression = try parser.expression()
    guard parser.token == .end else { throw parser.unexpected("the end") }
    return expression
  }

  private var token: Token { tokens.indices.contains(position) ? tokens[position] : .end }

  private var following: Token {
    tokens.indices.contains(position + 1) ? tokens[position + 1] : .end
  }

  private mutating func take(_ symbol: String) -> Bool {
    guard token == .symbol(symbol) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ symbol: String) throws(ExpressionError) {
    guard take(symbol) else { throw unexpected("'\(symbol)'") }
  }

  // MARK: Operators

  /// Operators from the loosest to the tightest.
  private static let levels: [[String: XPathExpression.Operator]] = [
    ["or": .or], ["and": .and], ["=": .equal, "!=": .unequal],
    ["<": .less, "<=": .lessOrEqual, ">": .greater, ">=": .greaterOrEqual],
    ["+": .add, "-": .subtract], ["multiply": .multiply, "div": .divide, "mod": .remainder],
  ]

  private mutating func expression() throws(ExpressionError) -> XPathExpression {
    guard depth < Self.depthLimit else {
      throw Self.failure("it is nested deeper than the limit of \(Self.depthLimit)")
    }
    depth += 1
    defer { depth -= 1 }
    return try binary(0)
  }

  private mutating func binary(_ level: Int) throws(ExpressionError) -> XPathExpression {
    guard level < Self.levels.count else { return try unary() }
    var left = try binary(level + 1)
    var count = 0
    while case .symbol(let symbol) = token, let operation = Self.levels[level][symbol] {
      position += 1
      count += 1
      guard count <= 1000 else { throw Self.failure("it has too many operators") }
      left = .binary(operation, left, try binary(level + 1))
    }
    return left
  }

  private mutating func unary() throws(ExpressionError) -> XPathExpression {
    var isNegative = false
    while take("-") { isNegative.toggle() }
    var left = try path()
    while take("|") { left = .binary(.union, left, try path()) }
    return isNegative ? .negation(left) : left
  }

  // MARK: Paths

  private mutating func path() throws(ExpressionError) -> XPathExpression {
    if take("/") { return .absolute(startsStep ? try steps([]) : []) }
    if take("//") { return .absolute(try steps([.descendants])) }
    guard startsPrimary else { return .relative(try steps([])) }
    var expression = try primary()
    let predicates = try predicates()
    if !predicates.isEmpty { expression = .filter(expression, predicates) }
    if take("/") { return .path(expression, try steps([])) }
    if take("//") { return .path(expression, try steps([.descendants])) }
    return expression
  }

  private var startsStep: Bool {
    switch token {
    case .name: true
    case .symbol(let symbol): [".", "..", "@", "*"].contains(symbol)
    default: false
    }
  }

  private var startsPrimary: Bool {
    switch token {
    case .number, .literal, .symbol("("): return true
    case .name(let name):
      let nodeTypes = ["node", "text", "comment", "processing-instruction"]
      return following == .symbol("(") && !nodeTypes.contains(name)
    default: return false
    }
  }

  private mutating func steps(_ start: [XPathExpression.Step])
    throws(ExpressionError) -> [XPathExpression.Step]
  {
    var steps = start
    while true {
      steps.append(try step())
      if take("//") {
        steps.append(.descendants)
      } else if !take("/") {
        return steps
      }
    }
  }

  private mutating func step() throws(ExpressionError) -> XPathExpression.Step {
    if take(".") { return XPathExpression.Step(axis: .itself, test: .node, predicates: []) }
    if take("..") { return XPathExpression.Step(axis: .parent, test: .node, predicates: []) }
    var axis = XPathExpression.Axis.child
    if take("@") {
      axis = .attribute
    } else if case .name(let name) = token, following == .symbol("::") {
      guard let named = XPathExpression.Axis(rawValue: name) else {
        throw Self.failure("there is no axis '\(name)'")
      }
      axis = named
      position += 2
    }
    let test = try test()
    return XPathExpression.Step(axis: axis, test: test, predicates: try predicates())
  }

  private mutating func test() throws(ExpressionError) -> XPathExpression.Test {
    if take("*") { return .any }
    guard case .name(let name) = token else { throw unexpected("a step") }
    position += 1
    if take("(") { return try nodeType(name) }
    guard !name.contains(":") else {
      throw Self.failure(
        "the prefix of '\(name)' is not known; compare local-name() and namespace-uri() instead"
      )
    }
    return .name(name)
  }

  private mutating func nodeType(_ name: String) throws(ExpressionError) -> XPathExpression.Test {
    var target: String?
    if name == "processing-instruction", case .literal(let literal) = token {
      target = literal
      position += 1
    }
    try expect(")")
    switch name {
    case "node": return .node
    case "text": return .text
    case "comment": return .comment
    case "processing-instruction": return .instruction(target)
    default: throw Self.failure("'\(name)()' is not a step")
    }
  }

  private mutating func predicates() throws(ExpressionError) -> [XPathExpression] {
    var predicates: [XPathExpression] = []
    while take("[") {
      predicates.append(try expression())
      try expect("]")
    }
    return predicates
  }

  // MARK: Primary expressions

  private mutating func primary() throws(ExpressionError) -> XPathExpression {
    defer { position += 1 }
    switch token {
    case .number(let value): return .number(value)
    case .literal(let value): return .literal(value)
    case .name(let name): return try call(name)
    default:
      position += 1
      let inner = try expression()
      guard token == .symbol(")") else { throw unexpected("')'") }
      return inner
    }
  }

  /// Stops at the closing parenthesis.
  private mutating func call(_ name: String) throws(ExpressionError) -> XPathExpression {
    guard let function = XPathFunction(rawValue: name) else {
      throw Self.failure("there is no function '\(name)'")
    }
    position += 2
    var arguments: [XPathExpression] = []
    if token != .symbol(")") {
      repeat { arguments.append(try expression()) } while take(",")
    }
    guard token == .symbol(")") else { throw unexpected("',' or ')'") }
    guard function.counts.contains(arguments.count) else {
      throw Self.failure("'\(name)' has a wrong number of arguments")
    }
    return .call(function, arguments)
  }

  // MARK: Errors

  private func unexpected(_ expected: String) -> ExpressionError {
    let found =
      switch token {
      case .end: "it ends"
      case .number, .literal: "a value stands"
      case .name(let name): "'\(name)' stands"
      case .symbol("multiply"): "'*' stands"
      case .symbol(let symbol): "'\(symbol)' stands"
      }
    return Self.failure("\(found) where \(expected) is expected")
  }

  static func failure(_ message: String) -> ExpressionError {
    ExpressionError(
      .invalidXML,
      "the XPath expression is not valid: \(message)",
      hint: "use XPath 1.0, for example '/order/item[price > 10]/name/text()'"
    )
  }
}
