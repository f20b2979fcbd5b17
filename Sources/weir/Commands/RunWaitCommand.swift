import CommandLineArguments
import Engine
import OrderedJSON
import Runtime
import Seams
import Timekeeping

extension Command {
  static let runWait = Command(
    spec: CommandSpec(
      "run",
      "wait",
      summary: "Wait for the end of a run; take it over when its process died",
      positionals: [PositionalSpec("RUN", "The run's id, or the beginning of it")],
      options: [
        OptionSpec("sandbox", nil, "Start the local Azure sandbox and use it for unset settings")
      ]
    )
  ) { context in
    let session = try await Session.open(context)
    let result = await wait(session)
    await session.close()
    return try result.get()
  }

  private static func wait(_ session: Session) async -> Result<ExitCode, CommandFailure> {
    let context = session.workspace.context
    do throws(CommandFailure) {
      let record = try await session.run(named: context.arguments[0] ?? "")
      let state = try await finish(record, session)
      RunOutput.show(state, context)
      await FailureReport(state, session).show()
      return .success(state.status == .succeeded ? .success : .failure)
    } catch {
      return .failure(error)
    }
  }

  /// Drives the run here, or watches it while another process does.
  private static func finish(_ record: RunRecord, _ session: Session)
    async throws(CommandFailure) -> RunState
  {
    if let server = session.server { return try await server.end(of: record.id, session) }
    var record = record
    var isAnnounced = false
    while true {
      if record.status.isTerminal { return try await session.state(of: record) }
      do throws(RuntimeFailure) {
        let held = session.connections.held
        let progress = RunProgress(session.workspace.context) { held.all }
        async let _: Void = progress.follow()
        let driver = try await session.worker.takeOver(record.id) { progress.observe($0, $1) }
        let state = try await RunAttendance(session.workspace.context).end(of: driver)
        progress.end()
        return state
      } catch {
        guard case .ownedElsewhere = error else { throw CommandFailure(error) }
      }
      if !isAnnounced { session.workspace.context.note("another process drives the run; waiting") }
      isAnnounced = true
      try? await session.environment.clock.sleep(
        until: session.environment.clock.now() + .milliseconds(200)
      )
      record = try await session.run(named: record.id.text)
    }
  }
}
