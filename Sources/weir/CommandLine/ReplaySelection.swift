import Diagnostics
import CommandLineArguments
import Engine
import Runtime
import Seams

/// Which runs are to be replayed, oldest first.
enum ReplaySelection {
  /// - Throws: `CommandFailure` when a name means no run, nothing was selected, or nothing matches.
  static func runs(_ session: Session) async throws(CommandFailure) -> [RunRecord] {
    let arguments = session.workspace.context.arguments
    func isGiven(_ option: String) -> Bool { !arguments.values(option).isEmpty }
    var records: [RunRecord] = []
    for word in arguments.positionals { records.append(try await session.run(named: word)) }
    let selecting = ["flow", "status", "code", "since", "until"]
    guard records.isEmpty else {
      guard !selecting.contains(where: isGiven) else {
        throw CommandFailure(
          .usage,
          "runs are named or selected, not both",
          hint: "leave out the names, or --\(selecting.joined(separator: ", --"))",
          exitCode: .usage
        )
      }
      return records
    }
    guard selecting.contains(where: isGiven) else {
      throw CommandFailure(
        .usage,
        "no run is named or selected",
        hint: "name runs, or select some: --flow F --status Failed --since 2h",
        exitCode: .usage
      )
    }
    return try await matching(session)
  }

  private static func matching(_ session: Session) async throws(CommandFailure) -> [RunRecord] {
    let context = session.workspace.context
    var records: [RunRecord]
    do {
      var query = try RunQuery(context, now: session.environment.clock.now(), limit: nil)
      if query.statuses.isEmpty { query.statuses = [.failed, .timedOut] }
      let limit = query.limit
      query.limit = nil
      records = try await session.environment.store.runs(matching: query)
        .filter { $0.status.isTerminal }
      if let code = context.arguments.value("code") {
        records.removeAll { $0.code != code && $0.error?.contains("\"\(code)\"") != true }
      }
      if !context.arguments.has("again") { records = try await notReplayed(records, session) }
      records = Array(records.reversed().prefix(limit ?? .max))
    } catch let error as UsageError {
      throw CommandFailure(.usage, error.message, hint: error.hint, exitCode: .usage)
    } catch let error as StoreFailure {
      throw CommandFailure(error)
    } catch {
      throw CommandFailure(StoreFailure(.io, "the runs cannot be listed"))
    }
    guard !records.isEmpty else {
      throw CommandFailure(
        .noRunMatches,
        "no run that ended matches",
        hint: "'weir run list' with the same options shows what there is",
        exitCode: .notFound
      )
    }
    return records
  }

  /// Without those of which a replay succeeded or is under way.
  private static func notReplayed(_ records: [RunRecord], _ session: Session)
    async throws(StoreFailure) -> [RunRecord]
  {
    var left: [RunRecord] = []
    for record in records {
      let replays = try await session.environment.store.runs(matching: RunQuery(parent: record.id))
      let modes = ["resubmit", "from-failed", "from-action"]
      let isDone = replays.contains { replay in
        modes.contains(replay.parent?.mode ?? "")
          && [.succeeded, .running, .waiting].contains(replay.status)
      }
      if !isDone { left.append(record) }
    }
    return left
  }
}
