import CommandLineArguments
import Crypto
import Definitions
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams

/// One trigger of a flow with everything that works on it, when no server does.
struct TriggerDesk: Sendable {
  let session: Session
  let flow: ServedFlow
  let trigger: FlowTrigger
  let intake: RunIntake
  let book: TriggerBook

  /// Takes the flow that the command names, as its file has it, and the trigger of `--trigger`.
  ///
  /// - Throws: `CommandFailure` when the flow is not valid, or has no such trigger.
  static func open(_ session: Session) throws(CommandFailure) -> TriggerDesk {
    let workspace = session.workspace
    let entry = try workspace.flows.entry(named: workspace.context.arguments[0] ?? "")
    let (flow, prepared) = try workspace.prepare(entry)
    let trigger = try ManualTrigger.trigger(flow, workspace.context)
    let catalog = FlowCatalog { _ in prepared }
    let served = ServedFlow(
      name: flow.name,
      planHash: prepared.stored.hash,
      triggers: flow.triggers,
      changed: session.environment.clock.now(),
      isEnabled: true,
      path: workspace.project.shown(entry.path)
    )
    catalog.put(served)
    let flows = CompiledFlows(catalog: catalog, environment: session.environment)
    let intake = RunIntake(worker: session.worker, catalog: catalog, flows: flows)
    return TriggerDesk(
      session: session,
      flow: served,
      trigger: trigger,
      intake: intake,
      book: TriggerBook(environment: session.environment, catalog: catalog, intake: intake)
    )
  }

  /// Where a server has the trigger.
  var address: String {
    let names = [flow.name, trigger.name].map(PercentEncoding.encode)
    return "/api/workflows/\(names[0])/triggers/\(names[1])"
  }

  /// What `body` gives.
  ///
  /// - Throws: The failure of the runtime, as commands report it.
  static func running<Value: Sendable>(
    _ body: () async throws(RuntimeFailure) -> Value
  ) async throws(CommandFailure) -> Value {
    do throws(RuntimeFailure) { return try await body() } catch { throw CommandFailure(error) }
  }
}

extension Command {
  /// Opens a session with the flow that the command names.
  ///
  /// - Throws: `CommandFailure` when they cannot be opened, or what `body` throws.
  static func onTrigger(
    _ context: Context,
    _ body: (TriggerDesk) async throws(CommandFailure) -> ExitCode
  ) async throws(CommandFailure) -> ExitCode {
    try await onSession(context) { session throws(CommandFailure) in
      try await body(TriggerDesk.open(session))
    }
  }

  static let triggerOption = OptionSpec(
    "trigger",
    "NAME",
    "Which trigger (default: the only one)"
  )
  static let flowPositional = PositionalSpec("FLOW", "A flow file or name")
}
