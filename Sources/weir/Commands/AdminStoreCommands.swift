import CommandLineArguments
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
        WEIR_MASTER_KEY, apart from it. To restore, put the copy as weir.db into an empty data folder.
        """
    )
  ) { context in
    try await onDatabase(context) { store, project throws(StoreFailure) in
      let path = project.absolute(context.arguments[0] ?? "")
      try store.backup(to: path)
      context.wantsJSON ? context.print(.string(path)) : context.print(project.shown(path))
      return .success
    }
  }

  static let adminCheck = Command(
    spec: CommandSpec("admin", "check", summary: "Read the whole database and say what is damaged")
  ) { context in
    try await onDatabase(context) { store, _ throws(StoreFailure) in
      let findings = try store.check()
      if context.wantsJSON {
        context.print(.array(findings.map { .string($0) }))
      } else {
        context.print(findings.isEmpty ? "nothing is damaged" : findings.joined(separator: "\n"))
      }
      return findings.isEmpty ? .success : .failure
    }
  }

  private static func onDatabase(
    _ context: Context,
    _ body: (SQLiteStore, Project) throws(StoreFailure) -> ExitCode
  ) async throws(CommandFailure) -> ExitCode {
    try await onSession(context) { session throws(CommandFailure) in
      guard let store = session.environment.store as? SQLiteStore else { return .unreachable }
      do throws(StoreFailure) { return try body(store, session.workspace.project) } catch {
        throw CommandFailure(error)
      }
    }
  }
}
