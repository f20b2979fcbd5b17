import Definitions
import Expressions
import OrderedJSON
import Timekeeping

/// The Response action.
///
/// A run that nobody waits for, such as one that was started by hand, records its answer and goes
/// on, so that whoever looks at the run sees what a caller would have received.
///
/// Source: workflow language reference, section d.4 (Response).
extension Decision {
  mutating func respond(
    _ inputs: PlannedValue,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    let evaluated = try evaluate(inputs, action, address)
    let answer = try answer(evaluated.value)
    if let first = state.response {
      throw ActionFailure(
        code: "ActionResponseAlreadySent",
        message: "The request was answered already, by '\(state.plan.spelled(first))'."
      )
    }
    if let limit = state.started?.callerWaitsUntil, now > limit {
      let failure = ActionFailure(
        code: "ActionResponseSkipped",
        message: "The caller no longer waits for the answer: its time was over at \(limit)."
      )
      let code = "ActionResponseSkipped"
      endMaskingBoth(address, evaluated, .failed, code: code, outputs: nil, error: failure)
      return
    }
    endMaskingBoth(address, evaluated, outputs: answer)
  }

  /// The inputs with the status as a number.
  private func answer(_ inputs: JSON) throws(ActionFailure) -> JSON {
    guard var answer = inputs.objectValue else {
      throw .invalidResponse("its inputs are no object")
    }
    let written = answer["statusCode"] ?? 200
    let number = written.integerValue ?? written.stringValue.flatMap { Int64($0) }
    guard let number, Self.statusCodes.contains(where: { $0.contains(number) }) else {
      throw .invalidResponse("'statusCode' must be a number from 200 to 299 or 400 to 599")
    }
    answer["statusCode"] = .integer(number)
    answer["schema"] = nil
    return .object(answer)
  }

  private static let statusCodes: [ClosedRange<Int64>] = [200...299, 400...599]
}

extension ActionFailure {
  fileprivate static func invalidResponse(_ why: String) -> ActionFailure {
    ActionFailure(code: "InvalidResponse", message: "The Response action cannot answer: \(why).")
  }
}
