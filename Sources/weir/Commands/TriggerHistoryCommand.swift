import CommandLineArguments
import Definitions
import Engine
import OrderedJSON
import Runtime
import Seams
import Timekeeping

extension Command {
  static let triggerHistory = Command(
    spec: CommandSpec(
      "trigger",
      "history",
      summary: "List what a flow's triggers did, newest first",
      positionals: [flowPositional],
      options: [
        OptionSpec("trigger", "NAME", "Only this trigger"),
        OptionSpec("status", "S", "Only entries of this status", repeats: true),
        OptionSpec("since", "2h|TIMESTAMP", "Intended at or after"),
        OptionSpec("until", "2h|TIMESTAMP", "Intended before"),
        OptionSpec("limit", "N", "At most this many (default: 50)"),
      ],
      discussion: """
        An entry tells when something should have happened and when it did. Times that a timer \
        missed are entries of status Skipped with the code Missed.
        """
    )
  ) { context in
    let query = try query(Workspace(context), now: SystemClock().now())
    return try await onSession(context) { session throws(CommandFailure) in
      let fires: [TriggerFire]
      do throws(StoreFailure) {
        fires = try await session.environment.store.fires(matching: query)
      } catch {
        throw CommandFailure(error)
      }
      show(fires.map(row), context)
      return .success
    }
  }

  private static func query(_ workspace: Workspace, now: Timestamp) throws(UsageError)
    -> FireQuery
  {
    let arguments = workspace.context.arguments
    let word = arguments[0] ?? ""
    // The history of a flow outlives its file.
    let entry = try? workspace.flows.entry(named: word)
    var query = FireQuery(flow: entry?.name ?? word, trigger: arguments.value("trigger"))
    for text in arguments.values("status") { query.statuses.append(try status(text)) }
    query.since = try TimeArgument.time(arguments.value("since"), "since", now: now)
    query.until = try TimeArgument.time(arguments.value("until"), "until", now: now)
    query.limit = try arguments.integer("limit", in: 1...1_000_000) ?? 50
    return query
  }

  private static func status(_ text: String) throws(UsageError) -> TriggerFire.Status {
    let all = TriggerFire.Status.allCases
    if let match = all.first(where: { $0.rawValue.lowercased() == text.lowercased() }) {
      return match
    }
    let names = all.map(\.rawValue).joined(separator: ", ")
    throw UsageError("'--status \(text)' is no status of an event", hint: "use one of \(names)")
  }

  private static func row(_ fire: TriggerFire) -> JSON {
    [
      "flow": .string(fire.flow), "trigger": .string(fire.trigger),
      "status": .string(fire.status.rawValue),
      "code": fire.code.map { .string($0) } ?? .null,
      "intendedTime": .string(fire.intended.description),
      "actualTime": .string(fire.actual.description),
      "lateness": .double(max(0, fire.lateness.seconds)),
      "run": fire.run.map { .string($0.text) } ?? .null,
      "error": fire.error.flatMap { try? JSON(parsing: $0) } ?? .null,
    ]
  }

  private static func show(_ rows: [JSON], _ context: Context) {
    guard !context.wantsJSON else {
      context.print(.array(rows))
      return
    }
    let table = rows.map { row in
      let result = [row["status"], row["code"]].compactMap { $0?.stringValue }
      let what = row["run"]?.stringValue ?? row["error"]?["message"]?.stringValue ?? ""
      return [
        String((row["intendedTime"]?.shownText ?? "").prefix(23)),
        row["lateness"].flatMap(\.doubleValue).map { RunOutput.text(.seconds($0)) } ?? "",
        row["trigger"]?.shownText ?? "", result.joined(separator: " "), what,
      ]
    }
    context.print(TextTable.text(["INTENDED", "LATE", "TRIGGER", "STATUS", "RUN"], table))
  }
}
