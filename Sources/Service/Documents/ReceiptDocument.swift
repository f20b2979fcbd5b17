import Engine
import OrderedJSON
import Runtime

/// What came of an event that somebody made by hand.
enum ReceiptDocument {
  /// `history` names its entry in the history of the trigger.
  static func json(_ receipt: TriggerReceipt, history: String) -> JSON {
    var object: JSONObject = [
      "status": .string(receipt.word), "history": .string(history),
      "runs": .array(receipt.runs.map { .string($0.text) }),
    ]
    if let problem = receipt.problem {
      object["error"] = ["code": .string(problem.code), "message": .string(problem.message)]
    }
    return .object(object)
  }
}
