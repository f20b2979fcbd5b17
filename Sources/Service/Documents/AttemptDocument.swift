import Engine
import HTTPMessages
import OrderedJSON
import Timekeeping

/// The requests that an action sent.
///
/// Source: workflow language reference, sections f.5 (`retryHistory`) and (g) (`requestHistories`).
enum AttemptDocument {
  static func retry(_ attempt: Attempt) -> JSON {
    var object = times(attempt)
    object["code"] = .string(code(attempt))
    object["error"] = attempt.error
    return .object(object)
  }

  /// An entry of the action, or its repetition, at a path.
  static func history(_ attempt: Attempt, at path: String) -> JSON {
    var properties = times(attempt)
    properties["response"] = attempt.statusCode.map { ["statusCode": .integer(Int64($0))] }
    properties["error"] = attempt.error
    properties["waitedForThrottle"] = .double(attempt.waitedForThrottle.seconds)
    let name = RepetitionName.text([attempt.number])
    return Links.resource(
      "\(path)/requestHistories/\(name)",
      name,
      "Microsoft.Logic/workflows/runs/actions/requestHistories",
      properties
    )
  }

  private static func times(_ attempt: Attempt) -> JSONObject {
    [
      "startTime": .string(attempt.startTime.description),
      "endTime": .string(attempt.endTime.description),
    ]
  }

  private static func code(_ attempt: Attempt) -> String {
    attempt.statusCode.map(HTTPStatus.name) ?? attempt.error?["code"]?.stringValue ?? "NotSpecified"
  }
}
