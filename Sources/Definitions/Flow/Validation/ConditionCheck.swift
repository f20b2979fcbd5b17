import Diagnostics
import Expressions
import OrderedJSON

/// A condition is an expression that gives true or false, or a tree of function calls that does.
///
/// Source: workflow language reference, section d.3 (condition forms).
struct ConditionCheck {
  let kinds: KindInference

  func check(_ value: JSON, _ pointer: JSONPointer, _ report: inout FlowReport) {
    guard !value.isNull else { return }
    let given = self.kinds(of: value, pointer, &report)
    guard given.isDisjoint(with: .boolean) else { return }
    report.add(
      .invalidCondition,
      "a condition gives true or false, but this is \(given.text)",
      pointer,
      hint: value.stringValue?.hasPrefix("@") == false
        ? "write an expression, which begins with '@'"
        : "compare the value, for example with equals(…, true)"
    )
  }

  /// The kinds of an operand; what is wrong inside is reported.
  private func kinds(of value: JSON, _ pointer: JSONPointer, _ report: inout FlowReport) -> KindSet
  {
    switch value {
    case .array:
      report.add(
        .invalidCondition,
        "an operand of a condition is no array",
        pointer,
        hint: "write \"@createArray(…)\" for an array"
      )
      return .any
    case .object(let object): return kinds(of: object, pointer, &report)
    default:
      guard let template = try? Template(compiling: value) else { return .any }
      return kinds.kinds(of: template)
    }
  }

  private func kinds(of object: JSONObject, _ pointer: JSONPointer, _ report: inout FlowReport)
    -> KindSet
  {
    guard object.count == 1, let node = object.members.first, !node.key.contains("@") else {
      report.add(
        .invalidCondition,
        "a condition object has exactly one member, named after a function",
        pointer,
        hint: "write {\"equals\": [\"@…\", 1]} and combine conditions with \"and\" and \"or\""
      )
      return .any
    }
    let place = pointer.appending(node.key)
    let operands = operands(node.value, place)
    let given = operands.map { kinds(of: $0.value, $0.pointer, &report) }
    guard let function = FunctionTable.function(named: node.key) else {
      let nearest = NearestName.suggestion(for: node.key, among: FunctionTable.names)
      report.add(
        .unknownFunction,
        "there is no function '\(node.key)'",
        place,
        hint: nearest.map { "did you mean '\($0)'?" },
        onKey: true
      )
      return .any
    }
    checkOperands(
      zip(operands.map(\.pointer), given).map { ($0, $1) },
      of: function,
      place,
      &report
    )
    return function.resultKinds
  }

  /// A lone nested object counts as one argument.
  private func operands(_ value: JSON, _ pointer: JSONPointer)
    -> [(value: JSON, pointer: JSONPointer)]
  {
    guard let elements = value.arrayValue else { return [(value, pointer)] }
    return elements.enumerated().map { ($1, pointer.appending($0)) }
  }

  private func checkOperands(
    _ operands: [(pointer: JSONPointer, kinds: KindSet)],
    of function: FunctionDefinition,
    _ pointer: JSONPointer,
    _ report: inout FlowReport
  ) {
    let isTree = ["and", "or"].contains(function.name)
    guard isTree || function.accepts(count: operands.count) else {
      report.add(
        .argumentCount,
        "'\(function.name)' does not take \(operands.count) operands",
        pointer,
        hint: "its arguments are \(function.signature)",
        onKey: true
      )
      return
    }
    for (index, operand) in operands.enumerated() where !function.parameters.isEmpty {
      let parameter = function.parameter(at: index)
      guard operand.kinds.isDisjoint(with: parameter.kinds) else { continue }
      report.add(
        .argumentKind,
        "'\(function.name)' expects '\(parameter.name)' to be \(parameter.kinds.text), "
          + "but this is \(operand.kinds.text)",
        operand.pointer,
        hint: "its arguments are \(function.signature)"
      )
    }
  }
}
