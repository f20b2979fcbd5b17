import CommandLineArguments
import Diagnostics
import OrderedJSON
import Runtime
import SQLiteStore
import Seams

extension Command {
  static let adminBackup = Command(
    spec: CommandSpec(
      "admin",
      "backup",
      summary: "Write a consistent copy of the database to a new file, while runs go on",
      positionals: [PositionalSpec("FILE", "Where the copy goes")],
      discussion: """
        The copy holds secrets only as they are sealed: keep the file key of the data folder, or \
        WEIR_MASTER_KEY, apart from it. 'weir admin restore' puts it back.
        """
    )
  ) { context in
    try await onDatabase(context) { store, session throws(StoreFailure) in
      let project = session.workspace.project
      let path = project.absolute(context.arguments[0] ?? "")
      try store.backup(to: path)
      context.wantsJSON ? context.print(.string(path)) : context.print(project.shown(path))
      return .success
    }
  }

  static let adminCheck = Command(
    spec: CommandSpec(
      "admin",
      "check",
      summary: "Read the whole database and every run in it, and say what is damaged"
    )
  ) { context in
    try await onDatabase(context) { store, session throws(StoreFailure) in
      var findings = try store.check()
      if findings.isEmpty { findings = try await unreadableRuns(session) }
      if context.wantsJSON {
        context.print(.array(findings.map { .string($0) }))
      } else {
        context.print(findings.isEmpty ? "nothing is damaged" : findings.joined(separator: "\n"))
      }
      return findings.isEmpty ? .success : .failure
    }
  }

  /// What of the runs cannot be read, although the database is sound.
  private static func unreadableRuns(_ session: Session) async throws(StoreFailure) -> [String] {
    var findings: [String] = []
    var query = RunQuery(limit: 1000)
    while case let runs = try await session.environment.store.runs(matching: query),
      let last = runs.last
    {
      for run in runs {
        do throws(RuntimeFailure) { _ = try await session.worker.state(of: run) } catch {
          if case .store(let failure) = error { throw failure }
          findings.append(CommandFailure(error).diagnostics.first?.message ?? "\(run.id)")
        }
      }
      query.after = RunQuery.Position(startTime: last.startTime, id: last.id)
    }
    return findings
  }

  private static func onDatabase(
    _ context: Context,
    _ body: (SQLiteStore, Session) async throws(StoreFailure) -> ExitCode
  ) async throws(CommandFailure) -> ExitCode {
    try await onSession(context) { session throws(CommandFailure) in
      guard let store = session.environment.store as? SQLiteStore else { return .unreachable }
      do throws(StoreFailure) { return try await body(store, session) } catch {
        throw CommandFailure(error)
      }
    }
  }
}
