import CommandLineArguments
import Diagnostics
import Engine
import OrderedJSON
import Runtime
import Seams
import Service

extension Command {
  static let runShow = Command(
    spec: CommandSpec(
      "run",
      "show",
      summary: "Show a run, its actions, attempts, waits, inputs, outputs and errors",
      positionals: [PositionalSpec("RUN", "The run's id, or the beginning of it")],
      options: [
        OptionSpec("action", "NAME", "Only this action, with inputs and outputs"),
        OptionSpec("explain", "NAME", "Each expression of this action with the value it had"),
      ]
    )
  ) { context in
    let session = try await Session.open(context)
    let result = await show(session)
    await session.close()
    return try result.get()
  }

  private static func show(_ session: Session) async -> Result<ExitCode, CommandFailure> {
    do throws(CommandFailure) {
      let context = session.workspace.context
      let record = try await session.run(named: context.arguments[0] ?? "")
      let state = try await session.state(of: record)
      if let name = context.arguments.value("explain") {
        try await ExplanationOutput(session, record).show(name)
      } else if let name = context.arguments.value("action") {
        try show(name, of: state, context)
      } else if context.wantsJSON {
        let children = try await children(of: record, session)
        context.print(RunSummary.document(record, state, children: children))
      } else {
        RunOutput.show(state, context)
        try await showLineage(of: record, session)
        await FailureReport(state, session).show()
        if await session.isInterrupted(record) {
          context.note("  interrupted: 'weir run wait \(record.id)' takes the run over")
        }
      }
      return .success(.success)
    } catch {
      return .failure(error)
    }
  }

  private static func show(_ name: String, of state: RunState, _ context: Context)
    throws(CommandFailure)
  {
    let actions = (RunView.document(state)["actions"]?.arrayValue ?? []).filter {
      $0["name"]?.stringValue?.lowercased() == name.lowercased()
    }
    guard !actions.isEmpty else {
      throw CommandFailure(
        .unknownRun,
        "the run has no action '\(name)' so far",
        hint: "'weir run show \(state.started?.run ?? "RUN")' lists its actions",
        exitCode: .notFound
      )
    }
    for action in actions {
      context.wantsJSON ? context.print(action) : context.print(action.prettyText)
    }
  }

  // MARK: Lineage

  private static func children(of record: RunRecord, _ session: Session)
    async throws(CommandFailure) -> [RunRecord]
  {
    do throws(StoreFailure) {
      return try await session.environment.store.runs(matching: RunQuery(parent: record.id))
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func showLineage(of record: RunRecord, _ session: Session)
    async throws(CommandFailure)
  {
    let context = session.workspace.context
    if let parent = record.parent { context.print("  \(parent.mode) of \(parent.run)") }
    for child in try await children(of: record, session) {
      let mode = child.parent?.mode ?? ""
      context.print("  \(mode): \(child.flow) \(child.id) \(child.status.rawValue)")
    }
  }
}
