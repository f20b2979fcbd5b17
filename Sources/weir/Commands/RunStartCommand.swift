import CommandLineArguments
import Definitions
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams

extension Command {
  static let runStart = Command(
    spec: CommandSpec(
      "run",
      "start",
      summary: "Start a run of a flow and wait for its end",
      positionals: [PositionalSpec("FLOW", "A flow file or name")],
      options: [
        OptionSpec("trigger", "NAME", "Which trigger starts the run (default: the only one)"),
        OptionSpec("input", "FILE|-", "The body that the trigger receives, as JSON"),
        OptionSpec("header", "K=V", "A header that the trigger receives", repeats: true),
        OptionSpec("sandbox", nil, "Start the local Azure sandbox and use it for unset settings"),
        OptionSpec("detach", nil, "Only begin the run; 'weir run wait' or a server drives it"),
        OptionSpec("count", "N", "Start this many runs and print a summary"),
        OptionSpec("concurrency", "C", "With --count: how many at a time (default: 10)"),
        OptionSpec("allow-unsupported", nil, "Start although some actions cannot run here"),
      ]
    )
  ) { context in
    let count = try context.arguments.integer("count", in: 1...10_000_000)
    let concurrency = try context.arguments.integer("concurrency", in: 1...10_000) ?? 10
    let session = try await Session.open(context)
    let result: Result<ExitCode, any Error>
    do {
      if let count {
        result = .success(try await startMany(session, count: count, concurrency: concurrency))
      } else {
        result = .success(try await startOne(session))
      }
    } catch {
      result = .failure(error)
    }
    await session.close()
    return try result.get()
  }

  private static func startOne(_ session: Session) async throws(CommandFailure) -> ExitCode {
    let context = session.workspace.context
    let (prepared, trigger) = try request(session.workspace)
    if let server = session.server, try await serves(prepared, session) {
      return try await start(prepared, trigger, session, through: server)
    }
    let held = session.connections.held
    let progress = RunProgress(context) { held.all }
    async let _: Void = progress.follow()
    do throws(RuntimeFailure) {
      let isDetached = context.arguments.has("detach")
      let driver = try await session.worker.start(
        prepared,
        trigger: trigger,
        origin: RunOrigin(isDetached: isDetached)
      ) { progress.observe($0, $1) }
      if isDetached {
        RunOutput.show(await driver.current, context)
        return .success
      }
      let state = try await RunAttendance(context).end(of: driver)
      progress.end()
      RunOutput.show(state, context)
      await FailureReport(state, session).show()
      await session.worker.endCalls()
      return state.status == .succeeded ? .success : .failure
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func startMany(_ session: Session, count: Int, concurrency: Int)
    async throws(CommandFailure) -> ExitCode
  {
    let context = session.workspace.context
    let (prepared, trigger) = try request(session.workspace)
    let load = LoadTest(worker: session.worker, flow: prepared, trigger: trigger)
    do throws(RuntimeFailure) {
      let report = try await watched(load, count, concurrency, context)
      context.wantsJSON ? context.print(report.json) : context.print(report.text)
      return report.failed == 0 ? .success : .failure
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func watched(
    _ load: LoadTest,
    _ count: Int,
    _ concurrency: Int,
    _ context: Context
  ) async throws(RuntimeFailure) -> LoadTest.Report {
    // Leaving the scope ends the progress, so that the report is printed after it.
    async let _: Void = LoadProgress(context, count: count).report(on: load)
    return try await load.run(count: count, concurrency: concurrency)
  }

  private static func request(_ workspace: Workspace) throws(CommandFailure)
    -> (PreparedFlow, TriggerEvent)
  {
    let entry = try workspace.flows.entry(named: workspace.context.arguments[0] ?? "")
    let (flow, prepared) = try workspace.prepare(entry)
    return (prepared, try ManualTrigger.event(flow, workspace))
  }

  // MARK: Through a server

  /// Whether a server starts this very version of the flow.
  private static func serves(_ flow: PreparedFlow, _ session: Session) async throws(CommandFailure)
    -> Bool
  {
    guard !session.workspace.context.arguments.has("sandbox") else { return false }
    do throws(StoreFailure) {
      return try await session.environment.store.flows().contains {
        $0.isEnabled && $0.planHash == flow.stored.hash
      }
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func start(
    _ flow: PreparedFlow,
    _ trigger: TriggerEvent,
    _ session: Session,
    through server: LocalServer
  ) async throws(CommandFailure) -> ExitCode {
    let context = session.workspace.context
    let names = [flow.plan.flow, trigger.name].map(PercentEncoding.encode)
    let answer = try await server.demand(
      "POST",
      "/api/workflows/\(names[0])/triggers/\(names[1])/run",
      trigger.outputs
    )
    guard let id = answer.headers["x-ms-workflow-run-id"] else {
      let status = answer.content["status"]?.stringValue ?? "unknown"
      throw CommandFailure(
        .refusedByServer,
        "the server started no run: the status of the event is '\(status)'",
        hint: "'weir trigger history \(flow.plan.flow)' shows the event",
        exitCode: .failure
      )
    }
    guard !context.arguments.has("detach") else {
      let record = try await session.run(named: id)
      RunOutput.show(try await session.state(of: record), context)
      return .success
    }
    let state = try await server.end(of: RunID(id), session)
    RunOutput.show(state, context)
    await FailureReport(state, session).show()
    return state.status == .succeeded ? .success : .failure
  }
}
