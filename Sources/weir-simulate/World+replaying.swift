import Engine
import Runtime
import Diagnostics
import Seams
import Simulation
import Timekeeping

/// Replays in bulk.
extension World {
  /// Replays every run that ended, interrupted or not, and waits for the replays.
  func replayAll(_ plan: (mode: Int, isInterrupted: Bool)) async {
    let ended = ledger.runs.filter { $0.record.parent?.mode != "call" }.map(\.record.id)
    guard !ended.isEmpty, let process = await livingProcess() else { return }
    let modes: [ResubmissionOrder.Mode] = [.whole, .fromFailed, .fromActions(["Number"])]
    let order = ResubmissionOrder(mode: modes[plan.mode])
    guard let name = try? await bulk(process).intend(ended, order) else {
      // A process may die the moment at which everything works again.
      guard !process.life.isOver else { return }
      return ledger.report(Violation(.lost, "a bulk of replays could not be recorded"))
    }
    trace.note("\(ended.count) runs are replayed as '\(name)'")
    if plan.isInterrupted { await interrupt(process, name) }
    guard let next = await livingProcess() else { return }
    try? await bulk(next).carryOut(name, concurrency: 3) { _ in }
    if breakage == .replaysTwice, let again = try? await bulk(next).intend(ended, order) {
      try? await bulk(next).carryOut(again) { _ in }
    }
    await rest()
    checkReplays(of: ended)
  }

  private func bulk(_ process: SimulatedProcess) -> BulkReplay {
    let flows = flows
    let replay = RunReplay(worker: process.worker, connections: process.connections) {
      name throws(RuntimeFailure) in
      do throws(Diagnostic) { return try flows.flow(name) } catch { throw .invalid([error]) }
    }
    return BulkReplay(replay: replay, environment: process.environment)
  }

  private func interrupt(_ process: SimulatedProcess, _ name: String) async {
    let bulk = bulk(process)
    let race = Race<Void>()
    process.life.atEnd { race.settle(()) }
    spawn {
      try? await bulk.carryOut(name, concurrency: 2) { _ in }
      race.settle(())
    }
    let delay = people.time(.seconds(2))
    spawn {
      try? await self.clock.pause(for: delay)
      await self.kill(process, "in a bulk of replays")
    }
    await race.value()
  }

  private func livingProcess() async -> SimulatedProcess? {
    for _ in 0..<1000 {
      if let process = anyProcess { return process }
      try? await clock.pause(for: .seconds(1))
    }
    return nil
  }

  private func checkReplays(of runs: [RunID]) {
    let children = ledger.runs.compactMap(\.record.parent).filter { $0.mode != "call" }
    for run in runs {
      let count = children.count { $0.run == run }
      if count != 1 {
        ledger.report(
          Violation(count > 1 ? .replayedTwice : .lost, "run \(run) has \(count) replays, not one")
        )
      }
    }
  }
}
