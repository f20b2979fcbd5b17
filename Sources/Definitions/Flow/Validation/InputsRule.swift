import Diagnostics
import OrderedJSON
import Timekeeping

/// Each type of action has the inputs that it cannot do without.
///
/// Source: workflow language reference, section (d).
enum InputsRule {
  static func check(_ flow: Flow, _ report: inout FlowReport) {
    for action in flow.allActions {
      checkConfiguration(action, &report)
      // Inputs that one expression makes as a whole are known only when it runs.
      if action.inputs.stringValue?.hasPrefix("@") == true { continue }
      for path in required(action) { checkPresence(of: path, action, &report) }
      checkChoices(action, &report)
    }
  }

  /// What is asked for and not done must not go unnoticed.
  private static func checkConfiguration(_ action: FlowAction, _ report: inout FlowReport) {
    guard action.runtimeConfiguration["contentTransfer"] != nil else { return }
    if case .http = action.kind { return }
    report.add(
      .unknownMember,
      "'contentTransfer' has no effect on '\(action.type)': content goes in one piece",
      action.pointer.appending("runtimeConfiguration").appending("contentTransfer"),
      hint: "remove it once you have made sure that the service takes the content in one piece",
      severity: .warning,
      onKey: true
    )
  }

  private static func required(_ action: FlowAction) -> [[String]] {
    switch action.kind {
    case .parseJSON: [["content"]]
    case .query: [["from"], ["where"]]
    case .select: [["from"], ["select"]]
    case .join: [["from"], ["joinWith"]]
    case .table: [["from"], ["format"]]
    case .expression(let kind): times[kind, default: []].map { [$0] }
    case .setVariable, .appendToStringVariable, .appendToArrayVariable: [["name"], ["value"]]
    case .incrementVariable, .decrementVariable: [["name"]]
    case .terminate: [["runStatus"]]
    case .http: [["method"], ["uri"]]
    case .httpWebhook: [["subscribe", "method"], ["subscribe", "uri"]]
    case .response: [["statusCode"]]
    case .workflow: [["host", "workflow", "id"]]
    case .sendToBatch: [["host", "workflow", "id"], ["batchName"], ["content"]]
    case .connector: [["host"]]
    default: []
    }
  }

  private static let times = [
    "AddToTime": ["baseTime", "interval", "timeUnit"],
    "SubtractFromTime": ["baseTime", "interval", "timeUnit"],
    "ConvertTimeZone": ["baseTime", "sourceTimeZone", "destinationTimeZone"],
    "GetFutureTime": ["interval", "timeUnit"], "GetPastTime": ["interval", "timeUnit"],
  ]

  private static func checkPresence(
    of path: [String],
    _ action: FlowAction,
    _ report: inout FlowReport
  ) {
    var value = action.inputs
    var place = action.pointer.appending("inputs")
    for name in path {
      if value.stringValue?.hasPrefix("@") == true { return }
      guard let next = value[name] else {
        let spelled = path.joined(separator: "/")
        report.add(
          .missingMember,
          "the inputs of '\(action.name)' of type '\(action.type)' have no '\(spelled)'",
          place,
          hint: "add \"\(name)\"",
          onKey: true,
          member: name
        )
        return
      }
      value = next
      place = place.appending(name)
    }
  }

  // MARK: Choices

  private static func checkChoices(_ action: FlowAction, _ report: inout FlowReport) {
    switch action.kind {
    case .table: check("format", among: ["CSV", "HTML"], action, &report)
    case .terminate:
      check("runStatus", among: ["Succeeded", "Failed", "Cancelled"], action, &report)
    case .wait: checkWait(action, &report)
    case .parseJSON: checkSchema(action, &report)
    case .response: checkStatus(action, &report)
    case .connector: checkHost(action, &report)
    default: break
    }
  }

  private static func check(
    _ member: String,
    among allowed: [String],
    _ action: FlowAction,
    _ report: inout FlowReport
  ) {
    guard let written = action.inputs[member]?.stringValue, !written.contains("@"),
      !allowed.contains(where: { $0.lowercased() == written.lowercased() })
    else { return }
    let nearest = NearestName.suggestion(for: written, among: allowed)
    report.add(
      .valueOutOfRange,
      "'\(written)' is no '\(member)' that \(action.type) knows",
      action.pointer.appending("inputs").appending(member),
      hint: nearest.map { "did you mean '\($0)'?" } ?? "use \(allowed.joined(separator: ", "))"
    )
  }

  /// A host names a connection, and an operation unless that is named by its path.
  private static func checkHost(_ action: FlowAction, _ report: inout FlowReport) {
    guard let host = action.inputs["host"]?.objectValue else { return }
    let isNamed = host["connectionName"] != nil || host["connection"] != nil
    let isByPath = ["path", "pathTemplate"].contains { action.inputs[$0] != nil }
    let isOpen = action.type.hasPrefix("Open")
    let missing: String? =
      if !isNamed {
        isOpen ? "connectionName" : "connection"
      } else if isOpen, host["operationId"] == nil, !isByPath { "operationId" } else { nil }
    guard let missing else { return }
    report.add(
      .missingMember,
      "the host of '\(action.name)' has no '\(missing)'",
      action.pointer.appending("inputs").appending("host"),
      hint: missing == "operationId"
        ? "add the operation to call; 'weir connector show NAME' lists them"
        : "add a connection of flows/connections.json",
      onKey: true,
      member: missing
    )
  }

  private static func checkWait(_ action: FlowAction, _ report: inout FlowReport) {
    let hasInterval = action.inputs["interval"] != nil
    guard hasInterval == (action.inputs["until"] != nil) else {
      if hasInterval {
        check(unitOf: action, &report)
        check(countOf: action, &report)
      } else {
        check(timeOf: action, &report)
      }
      return
    }
    report.add(
      hasInterval ? .valueOutOfRange : .missingMember,
      "the Wait '\(action.name)' needs either 'interval' or 'until'",
      action.pointer.appending("inputs"),
      hint: "write {\"interval\": {\"count\": 5, \"unit\": \"Minute\"}}",
      onKey: true
    )
  }

  private static func check(unitOf action: FlowAction, _ report: inout FlowReport) {
    let units = ["Second", "Minute", "Hour", "Day", "Week", "Month"]
    guard let unit = action.inputs["interval"]?["unit"]?.stringValue, !unit.contains("@"),
      !units.contains(where: { $0.lowercased() == unit.lowercased() })
    else { return }
    let nearest = NearestName.suggestion(for: unit, among: units)
    report.add(
      .valueOutOfRange,
      "'\(unit)' is no unit of time that Wait knows",
      action.pointer.appending("inputs").appending("interval").appending("unit"),
      hint: nearest.map { "did you mean '\($0)'?" } ?? "use \(units.joined(separator: ", "))"
    )
  }

  private static func check(countOf action: FlowAction, _ report: inout FlowReport) {
    guard let text = action.inputs["interval"]?["count"]?.stringValue, !text.contains("@"),
      Int64(text) == nil
    else { return }
    report.add(
      .valueOutOfRange,
      "'\(text)' is no number of units to wait",
      action.pointer.appending("inputs").appending("interval").appending("count"),
      hint: "write a whole number such as 5"
    )
  }

  private static func check(timeOf action: FlowAction, _ report: inout FlowReport) {
    guard let text = action.inputs["until"]?["timestamp"]?.stringValue, !text.contains("@"),
      Timestamp(iso8601: text) == nil
    else { return }
    report.add(
      .valueOutOfRange,
      "'\(text)' is no time",
      action.pointer.appending("inputs").appending("until").appending("timestamp"),
      hint:
        "write a time such as 2026-11-20T21:15:00Z, or an expression such as @addDays(utcNow(), 1)"
    )
  }

  private static func checkSchema(_ action: FlowAction, _ report: inout FlowReport) {
    guard let text = action.inputs["schema"]?.stringValue, !text.contains("@") else { return }
    report.add(
      .wrongJSONType,
      "'schema' must be an object, not string",
      action.pointer.appending("inputs").appending("schema"),
      hint: "write the JSON Schema itself, without quotes around it"
    )
  }

  private static func checkStatus(_ action: FlowAction, _ report: inout FlowReport) {
    guard let written = action.inputs["statusCode"], written.stringValue?.contains("@") != true
    else { return }
    let number = written.integerValue ?? written.stringValue.flatMap { Int64($0) }
    if let number, (200...299).contains(number) || (400...599).contains(number) { return }
    report.add(
      .valueOutOfRange,
      "\(written.text) is no status that a Response can have",
      action.pointer.appending("inputs").appending("statusCode"),
      hint: "use a number from 200 to 299 or from 400 to 599"
    )
  }
}
