import CommandLineArguments
import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Timekeeping

extension Command {
  static let triggerNext = Command(
    spec: CommandSpec(
      "trigger",
      "next",
      summary: "Show when a flow's timer fires next, in its own zone and in UTC",
      positionals: [PositionalSpec("FLOW", "A flow file or name")],
      options: [
        OptionSpec("count", "N", "How many times (default: 10)"),
        OptionSpec("from", "TIMESTAMP", "After this time (default: now)"),
        OptionSpec("trigger", "NAME", "Which trigger (default: the only timer)"),
      ],
      discussion: """
        A timer without a start time counts from when it is enabled; here that is the time of --from.
        """
    )
  ) { context in
    let count = try context.arguments.integer("count", in: 1...10_000) ?? 10
    let now = SystemClock().now()
    let from = try TimeArgument.time(context.arguments.value("from"), "from", now: now) ?? now
    let recurrence = try timer(context)
    guard let zone = ZoneRules(named: recurrence.timeZone ?? "UTC"),
      let series = RecurrenceSeries(recurrence, enabled: from)
    else { return .invalid }
    let times = series.occurrences(after: from, limit: count)
    if context.wantsJSON {
      context.print(.array(times.map { document($0, zone) }))
    } else {
      let rows = times.map { [LocalTime.text($0, zone), LocalTime.utc($0)] }
      context.print(TextTable.text(["TIME", "UTC"], rows))
    }
    return .success
  }

  /// Source: command line contract, section "Shapes" (`trigger next`).
  private static func document(_ time: Timestamp, _ zone: ZoneRules) -> JSON {
    ["time": .string(LocalTime.text(time, zone)), "utc": .string(LocalTime.utc(time))]
  }

  private static func timer(_ context: Context) throws(CommandFailure) -> Recurrence {
    let workspace = try Workspace(context)
    let entry = try workspace.flows.entry(named: context.arguments[0] ?? "")
    let (found, diagnostics) = try workspace.flows.read(entry)
    guard let flow = found else { throw CommandFailure(diagnostics, .invalid) }
    let wanted = context.arguments.value("trigger")?.lowercased()
    for trigger in flow.triggers where wanted == nil || trigger.name.lowercased() == wanted {
      let (recurrence, report) = RecurrenceDecoder.decode(trigger, source: flow.source)
      if report.diagnostics.contains(where: { $0.severity == .error }) {
        throw CommandFailure(report.diagnostics, .invalid)
      }
      if let recurrence { return recurrence }
    }
    let types = flow.triggers.map { "'\($0.name)' of type \($0.type)" }.joined(separator: ", ")
    throw CommandFailure(
      .missingTimer,
      "the flow '\(flow.name)' has no timer\(wanted.map { " '\($0)'" } ?? "")",
      hint: "it has \(types.isEmpty ? "no trigger" : types)",
      exitCode: .invalid
    )
  }
}
