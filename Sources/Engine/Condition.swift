import Diagnostics
import Definitions
package import Expressions
package import OrderedJSON

/// The condition of an If or an Until, as an expression or as a tree of function calls.
///
/// Source: workflow language reference, section d.3 (condition forms).
package indirect enum Condition: Sendable {
  case value(Template)
  case all([Condition])
  case any([Condition])
  case not(Condition)
  /// A function over operands; the call reads them as elements of `item()`.
  case call(Expression, [Condition])

  /// Compiles either form.
  ///
  /// - Throws: `ExpressionError` for an operand or a function that cannot be compiled.
  package init(compiling value: JSON) throws(ExpressionError) {
    if value.arrayValue != nil {
      throw ExpressionError(
        .invalidCondition,
        "an operand of a condition is an expression, a plain value or a nested condition, no array",
        hint: "write \"@createArray(…)\" for an array"
      )
    }
    guard case .object(let object) = value else {
      self = .value(try Template(compiling: value))
      return
    }
    guard object.count == 1, let node = object.members.first, !node.key.contains("@") else {
      throw ExpressionError(
        .invalidCondition,
        "a condition object has exactly one member, named after a function",
        hint: "write {\"equals\": [\"@…\", 1]} and combine conditions with \"and\" and \"or\""
      )
    }
    try self.init(function: node.key, operands: Self.operands(node.value))
  }

  private init(function: String, operands: [JSON]) throws(ExpressionError) {
    var compiled: [Condition] = []
    for operand in operands { compiled.append(try Condition(compiling: operand)) }
    switch function.lowercased() {
    case "and": self = .all(compiled)
    case "or": self = .any(compiled)
    case "not" where compiled.count == 1: self = .not(compiled[0])
    default:
      let arguments = compiled.indices.map { "item()[\($0)]" }.joined(separator: ",")
      self = .call(try Expression(parsing: "\(function)(\(arguments))"), compiled)
    }
  }

  /// The arguments of a node; a lone nested object counts as one argument.
  private static func operands(_ value: JSON) -> [JSON] { value.arrayValue ?? [value] }

  /// The templates of all operands.
  var templates: [Template] {
    switch self {
    case .value(let template): [template]
    case .all(let operands), .any(let operands), .call(_, let operands):
      operands.flatMap(\.templates)
    case .not(let operand): operand.templates
    }
  }

  /// Whether the condition holds.
  ///
  /// - Throws: `ExpressionError` when an operand fails or the result is no boolean.
  func evaluate(in scope: RunScope) throws(ExpressionError) -> Bool {
    let value = try value(in: scope)
    guard let holds = value.boolValue else {
      throw ExpressionError(
        .invalidCondition,
        "the condition gives a value of type '\(value.kindName)' where a boolean is needed",
        hint: "compare the value, for example with equals(…, true)"
      )
    }
    return holds
  }

  private func value(in scope: RunScope) throws(ExpressionError) -> JSON {
    switch self {
    case .value(let template): return try template.evaluate(in: scope)
    case .all(let operands):
      for operand in operands where try !operand.evaluate(in: scope) { return false }
      return true
    case .any(let operands):
      for operand in operands where try operand.evaluate(in: scope) { return true }
      return .bool(operands.isEmpty)
    case .not(let operand): return .bool(try !operand.evaluate(in: scope))
    case .call(let expression, let operands):
      var values: [JSON] = []
      for operand in operands { values.append(try operand.value(in: scope)) }
      var inner = scope
      inner.elementOverride = .array(values)
      return try expression.evaluate(in: inner)
    }
  }
}
