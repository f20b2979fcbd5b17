import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Timekeeping

/// When the timers of a flow fire first.
struct TimerForecast: Sendable {
  let flow: Flow
  /// A timer without a start time counts from here.
  let now: Timestamp

  /// One line for each timer, such as `'nightly' fires first at 2026-11-30T02:00:00+01:00`.
  var lines: [String] {
    flow.triggers.compactMap { trigger in
      guard let recurrence = usable(trigger), let time = first(recurrence),
        let zone = ZoneRules(named: recurrence.timeZone ?? "UTC")
      else { return nil }
      return "'\(trigger.name)' fires first at \(LocalTime.text(time, zone))"
    }
  }

  /// The timers that never fire (F0031).
  var problems: [Diagnostic] {
    var report = FlowReport(source: flow.source)
    for trigger in flow.triggers {
      guard let recurrence = usable(trigger), first(recurrence) == nil else { continue }
      report.add(
        .timerNeverFires,
        "the timer '\(trigger.name)' never fires: \(reason(recurrence))",
        trigger.pointer.appending("recurrence"),
        hint: "'weir trigger next' shows the times of a timer",
        severity: .warning,
        onKey: true
      )
    }
    return report.diagnostics
  }

  private func reason(_ recurrence: Recurrence) -> String {
    if recurrence.endTime != nil { return "no time is left before its end" }
    return "its schedule names days that do not exist, or its count is used up"
  }

  private func usable(_ trigger: FlowTrigger) -> Recurrence? {
    let (recurrence, report) = RecurrenceDecoder.decode(trigger, source: flow.source)
    return report.diagnostics.contains { $0.severity == .error } ? nil : recurrence
  }

  private func first(_ recurrence: Recurrence) -> Timestamp? {
    RecurrenceSeries(recurrence, enabled: now)?.next(after: now)
  }
}
