import Diagnostics
import Expressions
import OrderedJSON

/// Values have the type that their place takes, as far as it is known without running the flow.
///
/// Source: workflow language reference, sections d.1, d.3 and e.7.
struct ValueRule {
  let kinds: KindInference

  func check(_ flow: Flow, _ report: inout FlowReport) {
    for action in flow.allActions { check(action, &report) }
    for trigger in flow.triggers {
      checkSplit(trigger, &report)
      let conditions = trigger.definition["conditions"]?.arrayValue ?? []
      for (index, condition) in conditions.enumerated() {
        let place = trigger.pointer.appending("conditions").appending(index)
        if let text = condition.stringValue { refuse(text, place, &report) }
        guard let value = condition["expression"] else { continue }
        ConditionCheck(kinds: kinds).check(value, place.appending("expression"), &report)
      }
    }
  }

  /// A text would be taken for a condition that always holds.
  private func refuse(_ text: String, _ place: JSONPointer, _ report: inout FlowReport) {
    guard text.contains("@") else { return }
    report.add(
      .wrongJSONType,
      "a condition of a trigger must be an object, not string",
      place,
      hint: "write {\"expression\": …} around it"
    )
  }

  private func checkSplit(_ trigger: FlowTrigger, _ report: inout FlowReport) {
    guard let text = trigger.definition["splitOn"]?.stringValue, !text.contains("@") else { return }
    report.add(
      .wrongValueType,
      "'splitOn' gives an array, but this is a text",
      trigger.pointer.appending("splitOn"),
      hint: "write an expression, which begins with '@', such as @triggerBody()?['value']"
    )
  }

  private func check(_ action: FlowAction, _ report: inout FlowReport) {
    let inputs = action.pointer.appending("inputs")
    let expression = action.pointer.appending("expression")
    switch action.kind {
    case .condition(let value, _, _):
      ConditionCheck(kinds: kinds).check(value, expression, &report)
    case .until(let until):
      ConditionCheck(kinds: kinds).check(until.expression, expression, &report)
    case .forEach(let items, _, _):
      let place = action.pointer.appending("foreach")
      if !items.isNull { require(.array, items, "a Foreach loops over an array", place, &report) }
    case .query, .select, .join, .table:
      guard let from = action.inputs["from"] else { return }
      let what = "\(action.type) works on an array"
      require(.array, from, what, inputs.appending("from"), &report)
      guard case .query = action.kind, let test = action.inputs["where"] else { return }
      let place = inputs.appending("where")
      require(.boolean, test, "'where' gives true or false", place, &report)
    case .wait:
      guard let count = action.inputs["interval"]?["count"] else { return }
      let place = inputs.appending("interval").appending("count")
      require([.integer, .string], count, "'count' is a whole number", place, &report)
    default: break
    }
  }

  private func require(
    _ wanted: KindSet,
    _ value: JSON,
    _ what: String,
    _ pointer: JSONPointer,
    _ report: inout FlowReport
  ) {
    guard let given = kinds.mismatch(of: value, wanted: wanted) else { return }
    report.add(
      .wrongValueType,
      "\(what), but this is \(given.text)",
      pointer,
      hint: value.stringValue?.hasPrefix("@") == false
        ? "write an expression, which begins with '@'" : "write an expression that gives one"
    )
  }
}

extension JSONPointer {
  func appending(contentsOf other: JSONPointer) -> JSONPointer {
    other.tokens.isEmpty ? self : JSONPointer(tokens + other.tokens)
  }
}
