import Definitions
import Engine
import OrderedJSON

extension Schemas {
  private static let runStatus = oneOf(RunStatus.allCases.map(\.rawValue))
  private static let actionStatus = oneOf(ActionStatus.allCases.map(\.rawValue))
  private static let retries = array(
    object(["startTime": time, "endTime": time, "code": text], ["error": object])
  )

  static let runs: [(String, JSON)] = [
    ("Run", ["oneOf": [reference("RunResource"), reference("RunView")]]),
    (
      "RunList",
      object(
        ["value": array(["oneOf": [reference("RunResource"), reference("RunView")]])],
        ["nextLink": text]
      )
    ),
    (
      "RunResource",
      resource(
        "Microsoft.Logic/workflows/runs",
        object(
          ["status": runStatus, "startTime": time, "workflow": object, "trigger": runTrigger],
          [
            "endTime": time, "waitEndTime": time, "code": text, "error": object,
            "correlation": object(["clientTrackingId": text]),
            "outputs": [:], "response": object, "originHistoryName": text, "parent": object,
            "actions": ["type": "object", "additionalProperties": reference("ActionProperties")],
          ]
        )
      )
    ),
    ("RunView", runView),
    ("ActionProperties", actionProperties),
    (
      "Action",
      resource("Microsoft.Logic/workflows/runs/actions", reference("ActionProperties"))
    ),
    ("ActionList", list("Action")),
    (
      "Repetition",
      resource(
        "Microsoft.Logic/workflows/runs/actions/repetitions",
        ["allOf": [reference("ActionProperties"), object(["repetitionIndexes": indexes])]]
      )
    ),
    ("RepetitionList", list("Repetition")),
    (
      "ScopeRepetition",
      resource(
        "Microsoft.Logic/workflows/runs/actions/scopeRepetitions",
        object(
          ["status": actionStatus, "repetitionIndexes": indexes],
          ["startTime": time, "endTime": time]
        )
      )
    ),
    ("ScopeRepetitionList", list("ScopeRepetition")),
    (
      "RequestHistory",
      resource(
        "Microsoft.Logic/workflows/runs/actions/requestHistories",
        object(
          ["startTime": time, "endTime": time, "waitedForThrottle": number],
          ["response": object(["statusCode": count]), "error": object]
        )
      )
    ),
    ("RequestHistoryList", list("RequestHistory")),
  ]

  private static let indexes = array(object(["scopeName": text, "itemIndex": count]))

  private static let runTrigger = object(
    ["name": text, "type": text],
    [
      "startTime": time, "endTime": time, "status": text, "inputsLink": reference("Content"),
      "outputsLink": reference("Content"),
    ]
  )

  private static let actionProperties = object(
    ["status": actionStatus, "startTime": time, "type": text, "trackingId": text],
    [
      "endTime": time, "code": text, "error": object, "correlation": object,
      "inputsLink": reference("Content"), "outputsLink": reference("Content"),
      "retryHistory": retries, "trackedProperties": object, "dueTime": time,
      "iterationCount": count, "repetitionCount": count,
    ]
  )

  /// Source: command line contract, section "Shapes".
  private static let runView = object(
    [
      "id": text, "flow": text, "status": runStatus, "code": maybeText,
      "error": ["type": ["object", "null"]], "startTime": maybeTime, "endTime": maybeTime,
      "parent": ["type": ["object", "null"]], "trigger": object(["name": text, "type": text]),
    ],
    [
      "outputs": [:], "response": [:], "interrupted": flag, "children": array(object),
      "actions": array(
        object([
          "name": text, "type": text, "indices": array(count), "status": actionStatus,
          "attempts": array(object(["number": count, "startTime": time, "endTime": time])),
        ])
      ),
    ]
  )
}
