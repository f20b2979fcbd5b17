import Diagnostics
import OrderedJSON
import Timekeeping

/// What works here but not in Azure Logic Apps, and the reverse.
///
/// Source: workflow language reference, sections (a), a.3, e.1, f.5 and f.7.
enum PortabilityRule {
  static func check(_ flow: Flow, _ report: inout FlowReport) {
    let base = flow.source.base
    if flow.parameters.count > 50 {
      note(
        "a flow may have 50 parameters there, not \(flow.parameters.count)",
        base,
        "parameters",
        &report
      )
    }
    if flow.outputs.count > 10 {
      note("a flow may have 10 outputs there, not \(flow.outputs.count)", base, "outputs", &report)
    }
    checkDescription(flow.definition["description"], base, &report)
    for action in flow.allActions { check(action, flow, &report) }
    for trigger in flow.triggers { check(trigger, flow, &report) }
  }

  private static func note(
    _ why: String,
    _ pointer: JSONPointer,
    _ member: String? = nil,
    hint: String? = nil,
    _ report: inout FlowReport
  ) {
    report.add(
      .notPortable,
      "this works here but not in Azure Logic Apps: \(why)",
      member.map { pointer.appending($0) } ?? pointer,
      hint: hint,
      severity: .warning,
      onKey: true
    )
  }

  private static func checkDescription(
    _ value: JSON?,
    _ pointer: JSONPointer,
    _ report: inout FlowReport
  ) {
    guard let text = value?.stringValue, text.count > 256 else { return }
    note(
      "a description may have 256 characters there",
      pointer,
      "description",
      hint: "shorten it; \"metadata\" may hold notes of any length",
      &report
    )
  }

  private static func check(_ action: FlowAction, _ flow: Flow, _ report: inout FlowReport) {
    let value = flow.source.document.value.value(at: action.pointer)
    checkDescription(value?["description"], action.pointer, &report)
    checkName(action.name, action.pointer, &report)
    if let tracked = action.trackedProperties, tracked.text.count > 16_000 {
      note(
        "trackedProperties may have 16,000 characters there",
        action.pointer,
        "trackedProperties",
        &report
      )
    }
    for path in [["inputs", "retryPolicy"], ["inputs", "subscribe", "retryPolicy"]] {
      let place = JSONPointer(action.pointer.tokens + path + ["interval"])
      guard let text = flow.source.document.value.value(at: place)?.stringValue,
        let interval = ISO8601Duration(text)?.duration, interval < .seconds(5)
      else { continue }
      note(
        "the interval of a retry policy is at least PT5S there",
        place,
        hint: "write PT5S or more",
        &report
      )
    }
  }

  private static func checkName(
    _ name: String,
    _ pointer: JSONPointer,
    _ report: inout FlowReport
  ) {
    guard let culprit = name.first(where: { "<>%&\\?/#".contains($0) }) else { return }
    note(
      "the name of an action may not have '\(culprit)' there",
      pointer,
      hint: "replace it by '_'",
      &report
    )
  }

  // MARK: Triggers

  private static func check(_ trigger: FlowTrigger, _ flow: Flow, _ report: inout FlowReport) {
    checkDescription(trigger.definition["description"], trigger.pointer, &report)
    checkRecurrence(trigger, &report)
    guard neverFiring.contains(trigger.type) else { return }
    report.add(
      .noEffectHere,
      "a trigger of type '\(trigger.type)' never fires here",
      trigger.pointer.appending("type"),
      hint:
        "'weir run start' starts the flow by hand; see flows/language.md for the triggers that fire",
      severity: .warning
    )
  }

  private static func checkRecurrence(_ trigger: FlowTrigger, _ report: inout FlowReport) {
    guard let recurrence = trigger.definition["recurrence"]?.objectValue else { return }
    let place = trigger.pointer.appending("recurrence")
    if let frequency = recurrence["frequency"]?.stringValue, recurrence["interval"] == nil {
      note(
        "a recurrence needs an 'interval' there, which is 1 here",
        place,
        hint: "add \"interval\": 1, for every \(frequency.lowercased())",
        &report
      )
    }
    if let name = recurrence["timeZone"]?.stringValue, name.contains("/"),
      ZoneRules(named: name) != nil
    {
      note(
        "time zones have Windows names there",
        place,
        "timeZone",
        hint: "write a name such as 'W. Europe Standard Time'",
        &report
      )
    }
  }

  private static let neverFiring: Set<String> = ["ServiceProvider"]
}
