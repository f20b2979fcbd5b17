import Diagnostics
import OrderedJSON

/// What can be wrong with a call, in words.
enum CallDefect {
  /// The error of a call that names no function or has a wrong number of arguments.
  static func error(of call: Node.Call) -> ExpressionError {
    guard let function = call.function else { return unknownFunction(call) }
    return wrongCount(call, function)
  }

  private static func unknownFunction(_ call: Node.Call) -> ExpressionError {
    let nearest = NearestName.suggestion(for: call.name, among: FunctionTable.names)
    return ExpressionError(
      .unknownFunction,
      "the template function '\(call.name)' is not defined or not valid",
      hint: nearest.map { "did you mean '\($0)'?" },
      range: call.nameRange
    )
  }

  private static func wrongCount(_ call: Node.Call, _ function: FunctionDefinition)
    -> ExpressionError
  {
    let minimum = function.minimumCount
    let expected =
      switch function.maximumCount {
      case nil: "at least \(arguments(minimum))"
      case minimum?: arguments(minimum)
      case let maximum?: "\(minimum) to \(arguments(maximum))"
      }
    return ExpressionError(
      .argumentCount,
      "'\(function.name)' expects \(expected), but the call has \(call.arguments.count)",
      hint: "call it as \(function.signature)",
      range: call.range
    )
  }

  private static func arguments(_ count: Int) -> String {
    count == 0 ? "no arguments" : count == 1 ? "1 argument" : "\(count) arguments"
  }

  /// The error of an argument of another kind than the parameter takes.
  static func wrongKind(
    of value: JSON,
    for parameter: FunctionParameter,
    of function: FunctionDefinition
  ) -> ExpressionError {
    ExpressionError(
      .argumentKind,
      "'\(function.name)' expects '\(parameter.name)' to be \(parameter.kinds.text), "
        + "but it is \(KindSet(of: value).text)",
      hint: hint(value, parameter)
    )
  }

  /// The error of an argument whose kind is known before it is evaluated.
  static func wrongKind(
    of argument: Node,
    giving kinds: KindSet,
    for parameter: FunctionParameter,
    of function: FunctionDefinition
  ) -> ExpressionError {
    ExpressionError(
      .argumentKind,
      "'\(function.name)' expects '\(parameter.name)' to be \(parameter.kinds.text), "
        + "but '\(shown(argument))' gives \(kinds.text)",
      hint: "call it as \(function.signature)"
    )
  }

  /// The error of a property or element taken from something that has none; `nil` when it may have.
  static func selection(
    of step: Node.Step,
    from base: Node,
    giving kinds: KindSet,
    by keys: KindSet
  ) -> ExpressionError? {
    let (message, hint): (String, String)
    if kinds.isDisjoint(with: [.array, .object, .null]) {
      message = "'\(shown(base))' gives \(kinds.text), which has no properties or elements"
      hint =
        kinds.isDisjoint(with: .string)
        ? "leave the selection out" : "convert with json() first when the text holds JSON"
    } else if kinds == .array, keys.isDisjoint(with: .integer) {
      message = "'\(shown(base))' gives an array, whose elements are selected by an integer"
      hint = "take one with first(), or loop over all with a Foreach"
    } else if kinds == .object, keys.isDisjoint(with: .string) {
      message = "'\(shown(base))' gives an object, whose properties are selected by a text"
      hint = "write the name of the property in quotes"
    } else {
      return nil
    }
    return ExpressionError(.unsupportedSelection, message, hint: hint, range: step.range)
  }

  private static func shown(_ node: Node) -> String {
    let text = Expression(node).text
    return text.count > 40 ? text.prefix(40) + "…" : text
  }

  private static func hint(_ value: JSON, _ parameter: FunctionParameter) -> String? {
    switch (value, parameter.kinds) {
    case (.null, _): "guard against null with coalesce() or with '?' and if()"
    case (_, .string): "convert with string() first"
    case (.string, .integer): "convert with int() first"
    case (.string, .boolean): "convert with bool() first"
    case (.string, let kinds) where kinds.isSuperset(of: .number):
      "convert with int() or float() first"
    case (.string, let kinds) where !kinds.isDisjoint(with: [.array, .object]):
      "convert with json() first when the text holds JSON"
    default: nil
    }
  }
}
