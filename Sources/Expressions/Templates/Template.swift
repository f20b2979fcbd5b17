package import OrderedJSON

/// A JSON value in which any string may be an expression, compiled once.
///
/// Strings are read by the rules of section b.1: `@@` starts a literal, `@` an expression whose
/// value keeps its type, `@{ }` stands inside text, and keys of objects are expressions too.
///
/// Source: workflow language reference, section b.1.
package struct Template: Sendable {
  let root: Part

  /// What the expressions refer to by name, each once, in the order of the value.
  package let references: [Reference]

  /// What is to be done for one value.
  indirect enum Part: Sendable {
    case constant(JSON)
    case expression(Node)
    case interpolation([Segment])
    case array([Part])
    case object([Member])
  }

  /// A stretch of text, or an expression inside text.
  enum Segment: Sendable {
    case text(String)
    case expression(Node)
  }

  /// A member of an object; the token names it in pointers.
  struct Member: Sendable {
    let token: String
    let key: Part
    let value: Part
  }

  /// Compiles every string of a value.
  ///
  /// - Throws: E0001 to E0003 for the first problem, with the pointer of the string in the value
  ///   and the range inside the string.
  package init(
    compiling value: JSON,
    budget: Budget = .standard
  ) throws(ExpressionError) {
    let root = try TemplateCompiler(budget: budget).part(value, at: JSONPointer())
    var collector = ReferenceCollector()
    Self.visit(root) { collector.visit($0) }
    self.root = root
    references = collector.references
  }

  /// Whether evaluation needs no scope.
  package var isConstant: Bool { constant != nil }

  /// The value, when it holds no expression.
  package var constant: JSON? { if case .constant(let value) = root { value } else { nil } }

  /// The whole value as a single expression, when it is one.
  package var expression: Expression? {
    if case .expression(let node) = root { Expression(node) } else { nil }
  }

  /// The value in a scope.
  ///
  /// - Throws: E0101 and later, with the pointer of the string in the value.
  package func evaluate(
    in scope: some Scope,
    budget: Budget = .standard
  ) throws(ExpressionError) -> JSON {
    if case .constant(let value) = root { return value }
    var evaluation = Evaluation(scope: scope, budget: budget)
    do throws(ExpressionError) {
      return try evaluation.value(of: root)
    } catch {
      throw error.located(at: JSONPointer())
    }
  }

  /// Visits the root node of every expression.
  package func forEachNode(_ body: (Node) -> Void) { Self.visit(root, body) }

  private static func visit(_ part: Part, _ body: (Node) -> Void) {
    switch part {
    case .constant: break
    case .expression(let node): body(node)
    case .interpolation(let segments):
      for case .expression(let node) in segments { body(node) }
    case .array(let parts): for part in parts { visit(part, body) }
    case .object(let members):
      for member in members {
        visit(member.key, body)
        visit(member.value, body)
      }
    }
  }
}
