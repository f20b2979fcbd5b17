import Engine
import OrderedJSON
import Timekeeping

/// What the world answers to the requests of a case, in order by instance or by action.
struct Script {
  private var answers: [String: [JSON]] = [:]

  init(_ json: JSON?) {
    for member in json?.objectValue?.members ?? [] {
      answers[member.key] = member.value.arrayValue ?? [member.value]
    }
  }

  /// The next answer for an instance; the last one of a list repeats.
  mutating func next(for instance: String, of action: String) -> JSON {
    for key in [instance, action] {
      guard var list = answers[key], let first = list.first else { continue }
      if list.count > 1 { list.removeFirst() }
      answers[key] = list
      return first
    }
    return ["statusCode": 200]
  }

  /// How long the answer takes; `nil` when none ever comes.
  static func delay(of answer: JSON) -> Duration? {
    if answer["hangs"]?.boolValue == true { return nil }
    return .seconds(answer["after"]?.integerValue ?? 0)
  }

  static func outcome(of answer: JSON) -> AttemptResult.Outcome {
    if let failure = answer["failure"] {
      return .failure(
        code: failure["code"]?.stringValue ?? "BadGateway",
        message: failure["message"]?.stringValue ?? "no answer",
        isTransient: failure["transient"]?.boolValue ?? false
      )
    }
    if let refusal = answer["refusal"] {
      let failure = ActionFailure(
        code: refusal["error"]?.stringValue ?? "NoResponse",
        message: refusal["message"]?.stringValue ?? "no answer"
      )
      return .refusal(code: refusal["code"]?.stringValue ?? "BadGateway", failure)
    }
    return .response(response(answer))
  }

  private static func response(_ answer: JSON) -> AttemptResult.Response {
    let status = answer["statusCode"]?.integerValue ?? 200
    var outputs: JSONObject = ["statusCode": .integer(status)]
    outputs["headers"] = answer["headers"] ?? [:]
    outputs["body"] = answer["body"]
    return AttemptResult.Response(
      statusCode: Int(status),
      outputs: .object(outputs),
      retryAfter: answer["retryAfter"]?.integerValue.map { .seconds($0) },
      pollLocation: answer["pollLocation"]?.stringValue,
      secretPointers: answer["secret"]?.arrayValue?.compactMap(\.stringValue) ?? []
    )
  }
}
