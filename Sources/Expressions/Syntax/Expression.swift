package import OrderedJSON

/// One parsed expression, without its `@`.
package struct Expression: Sendable {
  package let node: Node

  /// - Throws: E0001 to E0003.
  package init(parsing text: String, budget: Budget = .standard) throws(ExpressionError) {
    var parser = try Parser(Array(text.utf8), at: 0, depthLimit: budget.depth)
    node = try parser.parseToEnd()
  }

  package init(_ node: Node) { self.node = node }

  /// The text that parses to this expression.
  package var text: String { Printer.text(of: node) }

  /// The value in a scope.
  ///
  /// - Throws: E0101 and later, with the range of the call or selection that failed.
  package func evaluate(
    in scope: some Scope,
    budget: Budget = .standard
  ) throws(ExpressionError) -> JSON {
    var evaluation = Evaluation(scope: scope, budget: budget)
    return try evaluation.value(of: node)
  }

  /// The tree of nodes that were evaluated, each with its value or error.
  package func explain(in scope: some Scope, budget: Budget = .standard) -> Explanation {
    var evaluation = Evaluation(scope: scope, budget: budget)
    let recorder = Explanation.Recorder()
    evaluation.recorder = recorder
    let outcome: Result<JSON, ExpressionError>
    do throws(ExpressionError) {
      outcome = .success(try evaluation.value(of: node))
    } catch {
      outcome = .failure(error)
    }
    return recorder.root ?? Explanation(node: node, outcome: outcome, children: [])
  }
}
