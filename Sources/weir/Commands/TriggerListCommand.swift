import CommandLineArguments
import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Timekeeping

extension Command {
  static let triggerList = Command(
    spec: CommandSpec(
      "trigger",
      "list",
      summary: "List the triggers of all flows, and when timers fire next"
    )
  ) { context in
    let workspace = try Workspace(context)
    let now = SystemClock().now()
    var rows: [JSON] = []
    for entry in workspace.flows.entries() {
      guard let flow = try workspace.flows.read(entry).flow else { continue }
      rows += flow.triggers.map { row($0, of: flow, now: now) }
    }
    guard !context.wantsJSON else {
      context.print(.array(rows))
      return .success
    }
    let table = rows.map { row in
      ["flow", "name", "type", "next"].map { row[$0]?.shownText ?? "" }
    }
    context.print(TextTable.text(["FLOW", "TRIGGER", "TYPE", "NEXT"], table))
    return .success
  }

  private static func row(_ trigger: FlowTrigger, of flow: Flow, now: Timestamp) -> JSON {
    let recurrence = RecurrenceDecoder.decode(trigger, source: flow.source).recurrence
    let series = recurrence.flatMap { RecurrenceSeries($0, enabled: now) }
    return [
      "flow": .string(flow.name), "name": .string(trigger.name), "type": .string(trigger.type),
      "next": series?.next(after: now).map { .string($0.description) } ?? .null,
    ]
  }
}
