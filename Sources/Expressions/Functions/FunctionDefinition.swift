package import OrderedJSON

/// A function of the language: how it is called, what it does, and an example.
package final class FunctionDefinition: Sendable {
  /// How a function computes its result, by how its arguments arrive.
  package enum Body: Sendable {
    case none(@Sendable (inout Evaluation) throws(ExpressionError) -> JSON)
    case one(@Sendable (JSON) throws(ExpressionError) -> JSON)
    case two(@Sendable (JSON, JSON) throws(ExpressionError) -> JSON)
    /// One text that names something in the scope.
    case named(@Sendable (String, inout Evaluation) throws(ExpressionError) -> JSON)
    case many(@Sendable (Arguments, inout Evaluation) throws(ExpressionError) -> JSON)
    /// The function evaluates the arguments that it needs.
    case lazy(@Sendable ([Node], inout Evaluation) throws(ExpressionError) -> JSON)
  }

  /// A call with its result.
  package struct Example: Sendable {
    package let expression: String
    /// The result; `nil` when it differs from call to call.
    package let result: JSON?
  }

  package let name: String
  package let family: FunctionFamily
  package let parameters: [FunctionParameter]
  /// One sentence.
  package let summary: String
  package let example: Example
  let body: Body

  init(
    _ family: FunctionFamily,
    _ name: String,
    _ parameters: [FunctionParameter],
    _ summary: String,
    _ example: String,
    gives result: JSON?,
    _ body: Body
  ) {
    self.family = family
    self.name = name
    self.parameters = parameters
    self.summary = summary
    self.example = Example(expression: example, result: result)
    self.body = body
  }

  /// The call with the names of its parameters: `substring(text, start, [length])`.
  package var signature: String {
    let names = parameters.map { parameter in
      let name = parameter.isRepeated ? "\(parameter.name), ..." : parameter.name
      return parameter.isOptional ? "[\(name)]" : name
    }
    return "\(name)(\(names.joined(separator: ", ")))"
  }

  /// Whether arguments are evaluated only when needed.
  package var isLazy: Bool { if case .lazy = body { true } else { false } }

  /// The kinds of value that the function gives.
  package var resultKinds: KindSet { FunctionResults.kinds[name.lowercased()] ?? .any }

  package var minimumCount: Int { parameters.count { !$0.isOptional } }

  /// The most arguments; `nil` when there is no limit.
  package var maximumCount: Int? {
    parameters.last?.isRepeated == true ? nil : parameters.count
  }

  package func accepts(count: Int) -> Bool {
    count >= minimumCount && count <= maximumCount ?? Int.max
  }

  /// The parameter that receives this argument, of a function that has any.
  package func parameter(at index: Int) -> FunctionParameter {
    parameters[min(index, parameters.count - 1)]
  }
}
