/// The inputs of actions and triggers by type.
///
/// Source: workflow language reference, sections d.1 to d.5 and (e).
extension FlowLanguage {
  /// The shape of an action's inputs; `nil` for types that have none.
  static func inputs(ofAction type: String, kind: String?) -> ValueShape? {
    switch type {
    case "Scope", "If", "Switch", "Foreach", "Until": nil
    case "Expression": .object(timeInputs(kind))
    case let type where isConnector(type): .object(connectorInputs)
    case let type: actionInputs[type].map { .object($0) } ?? .any
    }
  }

  static func inputs(ofTrigger type: String) -> ValueShape? {
    switch type {
    case "Recurrence": nil
    case "Request", "Manual", "Button", "PowerAppV2": .object(requestInputs)
    case "Http": .object(httpInputs)
    case "HttpWebhook": .object(webhookInputs)
    case "SlidingWindow":
      .object([MemberShape("delay", .duration, "How long after its end a window fires.")])
    case let type where isConnector(type): .object(connectorInputs)
    default: .any
    }
  }

  /// Whether actions or triggers of a type call operations of connectors.
  package static func isConnector(_ type: String) -> Bool {
    type.hasPrefix("ApiConnection") || type.hasPrefix("OpenApiConnection")
  }

  private static let from = MemberShape("from", .any, "The array to work on.", isRequired: true)

  private static let actionInputs: [String: [MemberShape]] = [
    "ParseJson": [
      MemberShape("content", .any, "JSON as text or as a value.", isRequired: true),
      MemberShape("schema", .any, "A JSON Schema that the content is checked against."),
    ],
    "Query": [
      from, MemberShape("where", .any, "Which elements stay, tested by item().", isRequired: true),
    ],
    "Select": [
      from, MemberShape("select", .any, "What becomes of each element, item().", isRequired: true),
    ],
    "Join": [
      from, MemberShape("joinWith", .text, "What stands between the elements.", isRequired: true),
    ],
    "Table": [
      from, MemberShape("format", .choice(["CSV", "HTML"]), "The form.", isRequired: true),
      MemberShape(
        "columns",
        .list(
          .object([
            MemberShape("header", .any, "The title of the column."),
            MemberShape("value", .any, "The content of its cells, made from item()."),
          ])
        ),
        "The columns; without them, the members of the elements."
      ),
    ],
    "InitializeVariable": [
      MemberShape("variables", .list(.object(variable)), "Exactly one variable.", isRequired: true)
    ],
    "SetVariable": [variableName, variableValue.required],
    "IncrementVariable": [variableName, variableValue],
    "DecrementVariable": [variableName, variableValue],
    "AppendToStringVariable": [variableName, variableValue.required],
    "AppendToArrayVariable": [variableName, variableValue.required],
    "Terminate": [
      MemberShape(
        "runStatus",
        .choice(["Succeeded", "Failed", "Cancelled"]),
        "How the run ends.",
        isRequired: true
      ),
      MemberShape(
        "runError",
        .object([
          MemberShape("code", .text, "The code of the error."),
          MemberShape("message", .text, "What happened."),
        ]),
        "The error of a run that failed."
      ),
    ],
    "Wait": [
      MemberShape(
        "interval",
        .object([
          MemberShape("count", .any, "How many units.", isRequired: true),
          MemberShape("unit", .choice(waitUnits), "The unit.", isRequired: true),
        ]),
        "How long to wait."
      ),
      MemberShape(
        "until",
        .object([MemberShape("timestamp", .text, "A time.", isRequired: true)]),
        "When to go on."
      ),
    ],
    "Http": httpInputs, "HttpWebhook": webhookInputs,
    "Response": [
      MemberShape("statusCode", .any, "200 to 299 or 400 to 599.", isRequired: true),
      headers, body, MemberShape("schema", .any, "The JSON Schema of the body, for callers."),
    ],
    "Workflow": [
      MemberShape(
        "host",
        .object([
          workflow, MemberShape("triggerName", .text, "The trigger to call."),
        ]),
        "The flow to run.",
        isRequired: true
      ), headers, body, retryPolicy,
    ],
    "SendToBatch": [
      MemberShape(
        "host",
        .object([workflow, MemberShape("triggerName", .text, "The trigger that gathers.")]),
        "The flow that gathers.",
        isRequired: true
      ), MemberShape("batchName", .text, "The batch.", isRequired: true),
      MemberShape("content", .any, "The message.", isRequired: true),
      MemberShape("partitionName", .text, "The partition; without one, DEFAULT."),
      MemberShape("messageId", .text, "The id of the message."),
    ],
  ]

  static let waitUnits = ["Second", "Minute", "Hour", "Day", "Week", "Month"]

  // MARK: Variables

  package static let variableTypes = ["string", "integer", "float", "boolean", "object", "array"]

  private static let variable: [MemberShape] = [
    MemberShape("name", .text, "The name, in any case.", isRequired: true),
    MemberShape("type", .choice(variableTypes), "The type, for good.", isRequired: true),
    MemberShape("value", .any, "The first value; without one, an empty value."),
    MemberShape("description", .text, "What the variable is for."),
  ]

  private static let variableName = MemberShape(
    "name",
    .text,
    "The variable.",
    isRequired: true
  )

  private static let variableValue = MemberShape("value", .any, "The value.")

  // MARK: Times

  private static func timeInputs(_ kind: String?) -> [MemberShape] {
    let format = MemberShape("formatString", .text, "A .NET format such as yyyy-MM-dd.")
    let base = MemberShape("baseTime", .text, "The time to start from.", isRequired: true)
    let amount = [
      MemberShape("interval", .any, "How many units.", isRequired: true),
      MemberShape("timeUnit", .choice(waitUnits + ["Year"]), "The unit.", isRequired: true),
    ]
    switch kind?.lowercased() {
    case "currenttime": return [format]
    case "converttimezone":
      return [
        base, MemberShape("sourceTimeZone", .text, "The zone of the time.", isRequired: true),
        MemberShape("destinationTimeZone", .text, "The zone of the result.", isRequired: true),
        format,
      ]
    case "getfuturetime", "getpasttime": return amount + [format]
    default: return [base] + amount + [format]
    }
  }
}
