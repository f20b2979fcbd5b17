import Diagnostics
import OrderedJSON

/// The state of one evaluation: what names mean, and what is left of the budget.
package struct Evaluation {
  let scope: any Scope
  let budget: Budget
  var recorder: Explanation.Recorder?
  private(set) var remainingSteps: Int

  init(scope: some Scope, budget: Budget) {
    self.scope = scope
    self.budget = budget
    remainingSteps = budget.steps
  }

  /// The value of a node.
  ///
  /// Throws E0101 and later.
  mutating func value(of node: Node) throws(ExpressionError) -> JSON {
    try spend(1)
    guard recorder == nil else { return try recordedValue(of: node) }
    return try plainValue(of: node)
  }

  private mutating func plainValue(of node: Node) throws(ExpressionError) -> JSON {
    switch node {
    case .literal(let literal): return literal.value
    case .call(let call):
      do throws(ExpressionError) {
        return try value(of: call)
      } catch {
        throw error.located(at: call.range)
      }
    case .selection(let selection): return try value(of: selection)
    }
  }

  private mutating func recordedValue(of node: Node) throws(ExpressionError) -> JSON {
    recorder?.enter()
    do throws(ExpressionError) {
      let value = try plainValue(of: node)
      recorder?.leave(node, .success(value))
      return value
    } catch {
      recorder?.leave(node, .failure(error))
      throw error
    }
  }

  /// Takes steps from the budget.
  ///
  /// Throws E0401 when none are left.
  mutating func spend(_ steps: Int) throws(ExpressionError) {
    remainingSteps -= steps
    if remainingSteps < 0 { throw exhausted }
  }

  /// The error of an evaluation without steps left.
  var exhausted: ExpressionError {
    ExpressionError(
      .evaluationLimit,
      "the evaluation takes more than the limit of \(budget.steps) steps",
      hint: "split the expression over several actions"
    )
  }

  /// Refuses a text that would be too long.
  ///
  /// Throws E0401.
  func require(textLength: Int) throws(ExpressionError) {
    guard textLength > budget.textLength else { return }
    throw ExpressionError(
      .evaluationLimit,
      "the resulting text is longer than the limit of \(budget.textLength) characters",
      hint: "split the work over several actions"
    )
  }
}

// MARK: Calls

extension Evaluation {
  private mutating func value(of call: Node.Call) throws(ExpressionError) -> JSON {
    guard call.isValid, let function = call.function else { throw CallDefect.error(of: call) }
    let arguments = call.arguments
    switch function.body {
    case .one(let body):
      return try body(argument(0, of: arguments, function))
    case .two(let body):
      let first = try argument(0, of: arguments, function)
      return try body(first, argument(1, of: arguments, function))
    case .none(let body): return try body(&self)
    case .named(let body):
      let name = try argument(0, of: arguments, function)
      guard case .string(let name) = name else { return .null }
      return try body(name, &self)
    case .many(let body):
      let values = try values(of: arguments, function)
      return try body(Arguments(values, locale: call.locale), &self)
    case .lazy(let body): return try body(arguments, &self)
    }
  }

  private mutating func values(
    of arguments: [Node],
    _ function: FunctionDefinition
  ) throws(ExpressionError) -> [JSON] {
    var values: [JSON] = []
    values.reserveCapacity(arguments.count)
    for index in arguments.indices {
      values.append(try argument(index, of: arguments, function))
    }
    return values
  }

  private mutating func argument(
    _ index: Int,
    of arguments: [Node],
    _ function: FunctionDefinition
  ) throws(ExpressionError) -> JSON {
    let value = try value(of: arguments[index])
    let parameter = function.parameter(at: index)
    guard parameter.kinds.contains(KindSet(of: value)) else {
      throw CallDefect.wrongKind(of: value, for: parameter, of: function)
        .located(at: arguments[index].range)
    }
    return value
  }
}
