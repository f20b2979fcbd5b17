import Diagnostics

/// Evaluates XPath over a tree.
///
/// Source: W3C XPath 1.0, sections 2 and 3.
struct XPathEvaluator {
  let tree: XMLTree
  private var context = Context(node: 0, position: 1, size: 1)
  private let visitLimit: Int
  private var remainingVisits: Int

  struct Context {
    var node: Int
    /// From 1.
    var position: Int
    var size: Int
  }

  init(_ tree: XMLTree) {
    self.tree = tree
    visitLimit = 1_000_000 + 50 * tree.count
    remainingVisits = visitLimit
  }

  var current: Context { context }

  /// Throws E0304 for a type error and E0401 when too many nodes are visited.
  mutating func value(of expression: XPathExpression) throws(ExpressionError) -> XPathValue {
    switch expression {
    case .number(let value): return .number(value)
    case .literal(let value): return .string(value)
    case .negation(let operand): return .number(-number(try value(of: operand)))
    case .binary(let operation, let left, let right):
      return try binary(operation, left, right)
    case .call(let function, let arguments): return try call(function, arguments)
    case .filter(let base, let predicates):
      var nodes = try nodes(of: base)
      for predicate in predicates { nodes = try filter(nodes, predicate) }
      return .nodes(nodes)
    case .relative(let steps): return .nodes(try follow(steps, from: [context.node]))
    case .absolute(let steps): return .nodes(try follow(steps, from: [0]))
    case .path(let base, let steps): return .nodes(try follow(steps, from: nodes(of: base)))
    }
  }

  /// Throws E0304 when the expression selects no nodes by its nature.
  mutating func nodes(of expression: XPathExpression) throws(ExpressionError) -> [Int] {
    guard case .nodes(let nodes) = try value(of: expression) else {
      throw XPathParser.failure("nodes are expected where a value stands")
    }
    return nodes
  }

  // MARK: Steps

  private mutating func follow(
    _ steps: [XPathExpression.Step],
    from start: [Int]
  ) throws(ExpressionError) -> [Int] {
    var nodes = start
    for step in steps {
      var found: Set<Int> = []
      for node in nodes { found.formUnion(try follow(step, from: node)) }
      nodes = found.sorted()
    }
    return nodes
  }

  private mutating func follow(
    _ step: XPathExpression.Step,
    from node: Int
  ) throws(ExpressionError) -> [Int] {
    try visit(XPathAxes.cost(of: step.axis, from: node, in: tree))
    let candidates = XPathAxes.nodes(on: step.axis, from: node, in: tree)
    try visit(candidates.count)
    var nodes = candidates.filter { matches($0, step.test, step.axis) }
    for predicate in step.predicates { nodes = try filter(nodes, predicate) }
    return nodes
  }

  /// A number is a position, anything else a condition.
  private mutating func filter(
    _ nodes: [Int],
    _ predicate: XPathExpression
  ) throws(ExpressionError) -> [Int] {
    let outer = context
    defer { context = outer }
    var kept: [Int] = []
    for (index, node) in nodes.enumerated() {
      context = Context(node: node, position: index + 1, size: nodes.count)
      try visit(1)
      switch try value(of: predicate) {
      case .number(let position): if position == Double(index + 1) { kept.append(node) }
      case let value: if boolean(value) { kept.append(node) }
      }
    }
    return kept
  }

  private mutating func visit(_ count: Int) throws(ExpressionError) {
    remainingVisits -= count
    guard remainingVisits < 0 else { return }
    throw ExpressionError(
      .evaluationLimit,
      "the XPath expression visits more nodes than the limit of \(visitLimit)",
      hint: "name the path to the nodes instead of using '//'"
    )
  }

  private func matches(
    _ index: Int,
    _ test: XPathExpression.Test,
    _ axis: XPathExpression.Axis
  ) -> Bool {
    let node = tree[index]
    let isNamed = axis == .attribute ? node.kind == .attribute : tree.isElement(index)
    switch test {
    case .node: return true
    case .text: return [.text, .cdata, .whitespace].contains(node.kind)
    case .comment: return node.kind == .comment
    case .instruction(let target):
      return node.kind == .instruction && (target == nil || target == node.name.local)
    case .any: return isNamed
    case .name(let name): return isNamed && node.name.namespace.isEmpty && node.name.local == name
    }
  }

  // MARK: Operators

  private mutating func binary(
    _ operation: XPathExpression.Operator,
    _ left: XPathExpression,
    _ right: XPathExpression
  ) throws(ExpressionError) -> XPathValue {
    switch operation {
    case .or:
      if boolean(try value(of: left)) { return .boolean(true) }
      return .boolean(boolean(try value(of: right)))
    case .and:
      guard boolean(try value(of: left)) else { return .boolean(false) }
      return .boolean(boolean(try value(of: right)))
    case .union:
      let left = try nodes(of: left)
      return .nodes(Set(left).union(try nodes(of: right)).sorted())
    case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual:
      let left = try value(of: left)
      let right = try value(of: right)
      if case (.nodes(let left), .nodes(let right)) = (left, right) {
        try visit(left.count * right.count)
      }
      return .boolean(compare(operation, left, right))
    default:
      let left = number(try value(of: left))
      return .number(Self.calculate(operation, left, number(try value(of: right))))
    }
  }

  private static func calculate(
    _ operation: XPathExpression.Operator,
    _ left: Double,
    _ right: Double
  ) -> Double {
    switch operation {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    default: left.truncatingRemainder(dividingBy: right)
    }
  }
}
