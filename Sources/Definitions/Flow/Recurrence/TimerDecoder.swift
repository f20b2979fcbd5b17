import Diagnostics
import OrderedJSON
import Timekeeping

/// Decodes triggers of the types Recurrence and SlidingWindow.
///
/// Source: workflow language reference, sections e.1 and e.2; flows/language.md for `missedFires`.
package enum TimerDecoder {
  /// The timer; `nil` for triggers of other types and for unusable ones, with the problems (F0002,
  /// F0009 to F0012) and, where the source is given, their places.
  package static func decode(_ trigger: FlowTrigger, source: FlowSource? = nil)
    -> (timer: TimerTrigger?, report: FlowReport)
  {
    var (recurrence, report) = RecurrenceDecoder.decode(trigger, source: source)
    let kind: TimerTrigger.Kind
    switch trigger.type.lowercased() {
    case "recurrence": kind = .recurrence(missed: policy(trigger, &report))
    case "slidingwindow":
      kind = .slidingWindow(delay: delay(trigger, &report))
      refuseSchedule(trigger, recurrence, &report)
      noteUselessPolicy(trigger, &report)
    default:
      noteUselessPolicy(trigger, &report)
      return (nil, report)
    }
    if trigger.definition["recurrence"] == nil, recurrence == nil {
      report.add(
        .missingMember,
        "the trigger '\(trigger.name)' has no 'recurrence'",
        trigger.pointer,
        hint: "add \"recurrence\": {\"frequency\": \"Day\", \"interval\": 1}",
        onKey: true,
        member: "recurrence"
      )
    }
    return (recurrence.map { TimerTrigger(recurrence: $0, kind: kind) }, report)
  }

  private static func refuseSchedule(
    _ trigger: FlowTrigger,
    _ recurrence: Recurrence?,
    _ report: inout FlowReport
  ) {
    guard recurrence?.schedule != nil else { return }
    report.add(
      .valueOutOfRange,
      "windows have no schedule: each one begins where the one before ends",
      trigger.pointer.appending("recurrence").appending("schedule"),
      hint: "remove it, or use a trigger of type Recurrence",
      onKey: true
    )
  }

  // MARK: Delay

  private static func delay(_ trigger: FlowTrigger, _ report: inout FlowReport) -> Duration {
    guard let value = trigger.inputs["delay"], !value.isNull else { return .zero }
    if let text = value.stringValue, let delay = ISO8601Duration(text) { return delay.duration }
    report.add(
      .invalidDuration,
      "'delay' is \(value.text), which is no duration",
      trigger.pointer.appending("inputs").appending("delay"),
      hint: "write PT5M for five minutes"
    )
    return .zero
  }

  // MARK: Missed fires

  private static let member = "missedFires"

  private static func place(_ trigger: FlowTrigger) -> JSONPointer {
    trigger.pointer.appending("metadata").appending(member)
  }

  private static func policy(_ trigger: FlowTrigger, _ report: inout FlowReport)
    -> MissedFirePolicy
  {
    guard let value = trigger.definition["metadata"]?[member] else { return .skip }
    let text = value.stringValue ?? value.text
    switch text.lowercased() {
    case "skip": return .skip
    case "last": return .last
    case "all": return .all
    default: break
    }
    if text.lowercased().hasPrefix("within:") {
      let length = String(text.dropFirst("within:".count))
      if let limit = ISO8601Duration(length) { return .within(limit.duration) }
      report.add(
        .invalidDuration,
        "'\(length)' in 'missedFires' is no duration",
        place(trigger),
        hint: "write within:PT1H for one hour"
      )
      return .skip
    }
    report.add(
      .valueOutOfRange,
      "'missedFires' is '\(text)', which is no policy",
      place(trigger),
      hint: "write skip, last, all, or within: and a duration such as within:PT1H"
    )
    return .skip
  }

  private static func noteUselessPolicy(_ trigger: FlowTrigger, _ report: inout FlowReport) {
    guard trigger.definition["metadata"]?[member] != nil else { return }
    report.add(
      .unknownMember,
      "'missedFires' has no effect on a trigger of type \(trigger.type)",
      place(trigger),
      hint: trigger.type == "SlidingWindow"
        ? "missed windows are always made up for, in their order"
        : "it belongs to triggers of type Recurrence",
      severity: .warning,
      onKey: true
    )
  }
}
