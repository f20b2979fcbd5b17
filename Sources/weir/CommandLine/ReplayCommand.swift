import CommandLineArguments
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Service
import Synchronization

/// Replays what was selected: asks, begins, waits, and prints what came of it.
struct ReplayCommand {
  let session: Session
  let replay: RunReplay
  let bulk: BulkReplay
  let pace: ReplayArguments.Pace

  private var context: Context { session.workspace.context }

  private var isDetached: Bool { context.arguments.has("detach") }

  func begin(_ runs: [RunRecord], _ order: ResubmissionOrder)
    async throws(CommandFailure) -> ExitCode
  {
    let isDry = context.arguments.has("dry-run")
    if isDry || !context.arguments.has("yes") {
      let prepared = try await prepare(runs, order)
      if isDry {
        show(prepared)
        return .success
      }
      try confirm(prepared)
    }
    guard runs.count > 1 else {
      guard let server = session.server else { return try await one(runs[0], order) }
      return try await one(runs[0], order, through: server)
    }
    do throws(RuntimeFailure) {
      return try await carryOut(try await bulk.intend(runs.map(\.id), order), count: runs.count)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Goes on with everything that was interrupted.
  func goOn() async throws(CommandFailure) -> ExitCode {
    do throws(RuntimeFailure) {
      let unfinished = try await bulk.unfinished()
      let begun = try await interrupted()
      if unfinished.isEmpty, begun.isEmpty { context.note("no replay was interrupted") }
      var code = ExitCode.success
      for run in begun {
        let state = try await session.worker.takeOver(run).end()
        if state.status != .succeeded { code = .failure }
      }
      if !begun.isEmpty { await print(begun) }
      for (name, count) in unfinished {
        let ended = try await carryOut(name, count: count)
        if ended != .success { code = ended }
      }
      if unfinished.isEmpty, begun.isEmpty, context.wantsJSON { context.print(.array([])) }
      return code
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Replays that were begun by a process that died.
  private func interrupted() async throws(RuntimeFailure) -> [RunID] {
    let store = session.environment.store
    let records: [RunRecord]
    do throws(StoreFailure) {
      records = try await store.runs(matching: RunQuery(statuses: [.running, .waiting]))
    } catch {
      throw .store(error)
    }
    var found: [RunID] = []
    for record in records where record.parent.map({ $0.mode != "call" }) ?? false {
      if await session.isInterrupted(record) { found.append(record.id) }
    }
    return found
  }

  // MARK: Asking

  private func prepare(_ runs: [RunRecord], _ order: ResubmissionOrder)
    async throws(CommandFailure) -> [PreparedReplay]
  {
    var prepared: [PreparedReplay] = []
    do throws(RuntimeFailure) {
      for run in runs { prepared.append(try await replay.prepare(run.id, order)) }
    } catch {
      throw CommandFailure(error)
    }
    return prepared
  }

  private func show(_ prepared: [PreparedReplay]) {
    context.wantsJSON
      ? context.print(.array(prepared.map(\.json))) : context.print(ReplayText.text(prepared))
  }

  private func confirm(_ prepared: [PreparedReplay]) throws(CommandFailure) {
    guard prepared.contains(where: \.repeatsSideEffects) else { return }
    guard ConnectionPrompt.isPossible(context.console), !context.wantsJSON else {
      throw CommandFailure(
        .sideEffectsNotConfirmed,
        "actions that may have changed something would be sent again: "
          + ReplayText.repeated(prepared),
        hint: "look at them with --dry-run, keep what succeeded with --from-failed, or say --yes",
        exitCode: .usage
      )
    }
    context.console.writeNote(ReplayText.text(prepared) + "\n")
    let answer = ConnectionPrompt.ask("Send them again? [y/N]", isSecret: false, context.console)
    guard ["y", "yes"].contains(answer.lowercased()) else {
      throw CommandFailure(
        .sideEffectsNotConfirmed,
        "nothing was replayed",
        exitCode: .failure
      )
    }
  }

  // MARK: Carrying out

  private func one(_ run: RunRecord, _ order: ResubmissionOrder)
    async throws(CommandFailure) -> ExitCode
  {
    let held = session.connections.held
    let progress = RunProgress(context) { held.all }
    async let _: Void = progress.follow()
    do throws(RuntimeFailure) {
      let prepared = try await replay.prepare(run.id, order)
      let driver = try await replay.start(prepared, isDetached: isDetached) {
        progress.observe($0, $1)
      }
      if isDetached {
        await print([driver.run])
        return .success
      }
      let state = try await RunAttendance(context).end(of: driver)
      progress.end()
      await print([driver.run])
      await session.worker.endCalls()
      return state.status == .succeeded ? .success : .failure
    } catch {
      throw CommandFailure(error)
    }
  }

  /// The server of the data folder drives the new run.
  private func one(_ run: RunRecord, _ order: ResubmissionOrder, through server: LocalServer)
    async throws(CommandFailure) -> ExitCode
  {
    let body = ReplayRequest.body(order)
    let answer = try await server.demand("POST", "/api/runs/\(run.id)/resubmit", body)
    guard let id = answer.headers["x-ms-workflow-run-id"].map({ RunID($0) }) else {
      throw CommandFailure(.refusedByServer, "the server began no replay", exitCode: .failure)
    }
    guard !isDetached else {
      await print([id])
      return .success
    }
    let state = try await server.end(of: id, session)
    await print([id])
    return state.status == .succeeded ? .success : .failure
  }

  private func carryOut(_ name: String, count: Int) async throws(RuntimeFailure) -> ExitCode {
    let tally = ReplayTally(context, count: count)
    try await bulk.carryOut(
      name,
      interval: pace.interval,
      concurrency: pace.concurrency
    ) { tally.add($0) }
    let summary = tally.end()
    if context.wantsJSON {
      await print(summary.replays)
    } else {
      context.print(summary.text)
    }
    return summary.isSuccess ? .success : .failure
  }

  private func print(_ runs: [RunID]) async {
    var documents: [JSON] = []
    for run in runs {
      guard let record = try? await session.worker.record(run),
        let state = try? await session.worker.state(of: record)
      else { continue }
      if context.wantsJSON {
        documents.append(RunView.document(state, parent: record.parent.map(RunSummary.parent)))
      } else {
        RunOutput.show(state, context)
      }
    }
    if context.wantsJSON { context.print(.array(documents)) }
  }
}
