import CommandLineArguments
import Diagnostics
import Engine
import OrderedJSON
import Runtime
import Seams
import Timekeeping

extension Command {
  static let adminPurge = Command(
    spec: CommandSpec(
      "admin",
      "purge",
      summary: "Delete old runs that ended, and old history of triggers",
      options: [
        OptionSpec("older-than", "90d", "What ended longer ago than this"),
        OptionSpec("flow", "FLOW", "Only runs of this flow; then the history stays"),
        OptionSpec("dry-run", nil, "Say how many there are, and delete nothing"),
      ],
      discussion: """
        Runs that have not ended, and events that wait for a run, are never deleted. The file does \
        not shrink; its free space is used for new runs.
        """
    )
  ) { context in
    guard let age = context.arguments.value("older-than") else {
      throw UsageError("'--older-than' is missing", hint: "write an age such as 90d")
    }
    let now = SystemClock().now()
    let limit = try TimeArgument.time(age, "older-than", now: now) ?? now
    return try await onSession(context) { session async throws(CommandFailure) in
      do throws(StoreFailure) {
        return try await purge(session.environment.store, before: limit, context)
      } catch {
        throw CommandFailure(error)
      }
    }
  }

  private static func purge(_ store: any Store, before limit: Timestamp, _ context: Context)
    async throws(StoreFailure) -> ExitCode
  {
    let flow = context.arguments.value("flow")
    let isDry = context.arguments.has("dry-run")
    let ended = RunStatus.allCases.filter(\.isTerminal)
    let query = RunQuery(flow: flow, statuses: ended, until: limit)
    // A run that still undoes its subscriptions has an owner.
    let runs = try await store.runs(matching: query).filter { run in
      run.owner == nil && run.endTime.map { $0 < limit } ?? false
    }
    var fires = 0
    if !isDry {
      for run in runs { _ = try await store.deleteRun(run.id) }
      if flow == nil { fires = try await store.deleteFires(before: limit) }
    }
    if context.wantsJSON {
      context.print(
        ["runs": .integer(Int64(runs.count)), "events": .integer(Int64(fires))] as JSON
      )
    } else {
      let events = flow == nil && !isDry ? " and \(fires) events of triggers" : ""
      context.print("\(runs.count) runs\(events) \(isDry ? "would be deleted" : "deleted")")
    }
    return .success
  }
}
