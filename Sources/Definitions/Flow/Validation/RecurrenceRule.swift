import Diagnostics
import OrderedJSON

/// Timers have a recurrence that can be followed.
///
/// Source: workflow language reference, section e.1.
enum RecurrenceRule {
  static func check(_ flow: Flow, _ report: inout FlowReport) {
    for trigger in flow.triggers {
      let decoded = RecurrenceDecoder.decode(trigger, of: flow)
      report.add(contentsOf: decoded.report)
      let needsOne = trigger.type == "Recurrence" || trigger.type == "SlidingWindow"
      guard needsOne, trigger.definition["recurrence"] == nil, decoded.recurrence == nil else {
        continue
      }
      report.add(
        .missingMember,
        "the trigger '\(trigger.name)' has no 'recurrence'",
        trigger.pointer,
        hint: "add \"recurrence\": {\"frequency\": \"Day\", \"interval\": 1}",
        onKey: true
      )
    }
  }
}
