import Definitions
import Expressions
import OrderedJSON
import Timekeeping

/// How conditions, loops and Terminate begin.
///
/// Source: workflow language reference, sections d.3 and f.4.
extension Decision {
  mutating func take(
    _ condition: Condition,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    let holds = try evaluate(condition, action, address)
    emitStart(address) { event in
      event.inputs = ["expressionResult": .bool(holds)]
      event.branch = holds ? 0 : 1
    }
  }

  mutating func take(
    _ value: PlannedValue,
    _ cases: [JSON],
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    let evaluated = try evaluate(value, action, address)
    let match = cases.firstIndex { candidate in
      candidate.kindName == evaluated.value.kindName && candidate == evaluated.value
    }
    emitStart(address) { event in
      event.inputs = ["expressionResult": evaluated.value]
      event.isSecret = evaluated.isSecret
      event.branch = match ?? cases.count
    }
  }

  mutating func beginLoop(
    _ items: PlannedValue,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    let evaluated = try evaluate(items, action, address)
    guard let elements = evaluated.value.arrayValue else {
      throw ActionFailure(
        code: "ExpressionEvaluationFailed",
        message: """
          The execution of template action '\(action.name)' failed: the result of the evaluation of \
          'foreach' expression is of type '\(evaluated.value.kindName)'. The result must be a valid \
          array.
          """
      )
    }
    guard elements.count <= 100_000 else {
      throw ActionFailure(
        code: "ForeachLimitExceeded",
        message: "The 'foreach' array has \(elements.count) elements; 100000 are allowed."
      )
    }
    emitStart(address) { event in
      event.inputs = evaluated.value
      event.isSecret = evaluated.isSecret
    }
  }

  mutating func terminate(
    _ inputs: PlannedValue,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    let evaluated = try evaluate(inputs, action, address)
    let value = evaluated.value
    let written = value["runStatus"]?.stringValue ?? ""
    guard let status = RunStatus(ignoringCase: written), status.isTerminal, status != .timedOut
    else {
      throw ActionFailure(
        code: "InvalidRunStatus",
        message:
          "'\(written)' is no status that Terminate can set: use Failed, Cancelled or Succeeded."
      )
    }
    emitEnd(address, .succeeded, code: "NotSpecified") { event in
      event.inputs = value
      event.secrecy.inputs = evaluated.isSecret
    }
    let given = status == .failed ? value["runError"] : nil
    let error = evaluated.isSecret ? given.map(Self.withoutDetails) : given
    end(RunEnd(status: status, code: error?["code"]?.stringValue ?? "Terminated", error: error))
  }
}
