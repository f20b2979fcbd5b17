import Diagnostics
import CommandLineArguments
import Engine
import OrderedJSON
import Runtime
import Seams

extension Command {
  static let runDelete = Command(
    spec: CommandSpec(
      "run",
      "delete",
      summary: "Delete runs that ended, with their journals",
      positionals: [PositionalSpec("RUN", "Ids of runs", repeats: true)]
    )
  ) { context in
    let session = try await Session.open(context)
    let result = await delete(session)
    await session.close()
    return try result.get()
  }

  private static func delete(_ session: Session) async -> Result<ExitCode, CommandFailure> {
    let context = session.workspace.context
    do throws(CommandFailure) {
      var deleted: [JSON] = []
      for word in context.arguments.positionals {
        let record = try await session.run(named: word)
        try await delete(record, session)
        deleted.append(.string(record.id.text))
      }
      context.wantsJSON ? context.print(.array(deleted)) : context.print("\(deleted.count) deleted")
      return .success(.success)
    } catch {
      return .failure(error)
    }
  }

  private static func delete(_ record: RunRecord, _ session: Session)
    async throws(CommandFailure)
  {
    guard record.status.isTerminal else {
      throw CommandFailure(
        .runOwnedElsewhere,
        "the run '\(record.id)' has not ended",
        hint: "cancel it first: weir run cancel \(record.id)",
        exitCode: .failure
      )
    }
    if let server = session.server {
      _ = try await server.demand("DELETE", "/api/runs/\(record.id)")
      return
    }
    do throws(StoreFailure) {
      _ = try await session.environment.store.deleteRun(record.id)
    } catch {
      throw CommandFailure(error)
    }
  }
}
