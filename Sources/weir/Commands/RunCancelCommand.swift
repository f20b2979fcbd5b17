import Seams
import CommandLineArguments
import Engine
import OrderedJSON
import Runtime

extension Command {
  static let runCancel = Command(
    spec: CommandSpec(
      "run",
      "cancel",
      summary: "Cancel runs",
      positionals: [PositionalSpec("RUN", "Ids of runs", repeats: true)]
    )
  ) { context in
    let session = try await Session.open(context)
    let result = await cancel(session)
    await session.close()
    return try result.get()
  }

  private static func cancel(_ session: Session) async -> Result<ExitCode, CommandFailure> {
    do throws(CommandFailure) {
      for word in session.workspace.context.arguments.positionals {
        let record = try await session.run(named: word)
        try await cancel(record.id, session)
      }
      return .success(.success)
    } catch {
      return .failure(error)
    }
  }

  private static func cancel(_ run: RunID, _ session: Session) async throws(CommandFailure) {
    if let server = session.server {
      try await cancel(run, session, through: server)
      return
    }
    do throws(RuntimeFailure) {
      let driver = try await session.worker.takeOver(run, with: .cancel)
      RunOutput.show(try await driver.end(), session.workspace.context)
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func cancel(_ run: RunID, _ session: Session, through server: LocalServer)
    async throws(CommandFailure)
  {
    let answer = try await server.ask("POST", "/api/runs/\(run)/cancel")
    // One that ended meanwhile is shown as it is, as without a server.
    if answer.status >= 400, answer.code != "WorkflowRunCannotBeCancelled" {
      throw CommandFailure(answer)
    }
    RunOutput.show(try await server.end(of: run, session), session.workspace.context)
  }
}
