/// Timers can be followed.
///
/// Source: workflow language reference, sections e.1 and e.2.
enum RecurrenceRule {
  static func check(_ flow: Flow, _ report: inout FlowReport) {
    for trigger in flow.triggers {
      report.add(contentsOf: TimerDecoder.decode(trigger, source: flow.source).report)
    }
  }
}
