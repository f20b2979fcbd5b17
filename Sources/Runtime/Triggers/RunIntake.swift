import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Seams
import Synchronization
import Timekeeping

/// Makes durable runs of what triggers report.
///
/// An event that starts one run is one transaction. One that starts several, or has to wait for
/// others, is durable as a whole first; its runs follow from what the store holds, after a crash as
/// well. Events of triggers without a limit on their runs never wait for each other here.
package final class RunIntake: TriggerIntake {
  private let launcher: FireLauncher
  /// Where the events of triggers with limited runs wait, by flow and trigger.
  private let lines = Mutex<[TriggerName: TriggerLine]>([:])

  private var environment: Environment { launcher.environment }

  /// `flows` may be shared with others who need them ready.
  package init(worker: Worker, catalog: FlowCatalog, flows: CompiledFlows) {
    launcher = FireLauncher(worker: worker, catalog: catalog, flows: flows)
    worker.observe { [weak self] event, state in
      if case .runEnded = event { self?.ended(state) }
    }
  }

  package func take(_ occurrence: TriggerOccurrence) async throws(RuntimeFailure)
    -> TriggerReceipt
  {
    let flow: CompiledFlow
    let rules: TriggerRules
    do throws(ActionFailure) {
      flow = try await launcher.compiled(occurrence.flow)
      rules = try flow.rules(of: occurrence.trigger.name)
    } catch {
      return try await record(error, occurrence)
    }
    let verdict = rules.verdict(
      on: occurrence.outputs,
      inputs: occurrence.inputs,
      items: occurrence.items,
      tracking: occurrence.clientTrackingID,
      launcher.facts(of: flow)
    )
    switch verdict {
    case .failed(let failure): return try await record(failure, occurrence)
    case .skipped(let code):
      var fire = fire(of: occurrence, .skipped)
      fire.code = code
      return try await record(fire, occurrence, .skipped)
    case .accepted(var event):
      event.user = occurrence.user
      let fire = fire(of: occurrence, .waiting)
      return try await admit(
        ReadyEvent(event: event, fire: fire, flow: flow, rules: rules),
        occurrence
      )
    }
  }

  package func prepare(_ flow: ServedFlow) async { await launcher.flows.prepare(flow) }

  private func admit(_ ready: ReadyEvent, _ occurrence: TriggerOccurrence)
    async throws(RuntimeFailure) -> TriggerReceipt
  {
    let name = TriggerName(flow: ready.fire.flow, trigger: ready.fire.trigger)
    if let limit = ready.rules.limit {
      return try await line(name).admit(ready, occurrence, limit)
    }
    guard ready.event.items.count > 1 else {
      let driver = try await launcher.startNow(ready, occurrence)
      return driver.map { .started([$0]) } ?? .duplicate
    }
    guard try await keep(ready, occurrence, name) else { return .duplicate }
    do throws(RuntimeFailure) {
      let drivers = try await launcher.startAll(of: ready)
      return drivers.isEmpty ? .duplicate : .started(drivers)
    } catch {
      // It is durable, so it counts as taken; the line goes on once the store can be written.
      await line(name).adopt(ready.fire, items: ready.event.items.count)
      return .waiting
    }
  }

  private func keep(_ ready: ReadyEvent, _ occurrence: TriggerOccurrence, _ name: TriggerName)
    async throws(RuntimeFailure) -> Bool
  {
    do throws(RuntimeFailure) { return try await launcher.keep(ready, occurrence) } catch {
      // It may be durable all the same, and then nobody tells it again.
      await line(name).lookAgain()
      throw error
    }
  }

  /// Goes on with events that were accepted before this process began.
  ///
  /// - Throws: `RuntimeFailure.store` when they cannot be read.
  package func recover() async throws(RuntimeFailure) {
    let names = try await launcher.storing { store throws(StoreFailure) in
      try await store.waitingTriggers()
    }
    for name in names {
      let line = line(TriggerName(flow: name.flow, trigger: name.trigger))
      await line.goOn()
    }
  }

  // MARK: Lines

  private func line(_ name: TriggerName) -> TriggerLine {
    lines.withLock { lines in
      if let line = lines[name] { return line }
      let line = TriggerLine(name: name, launcher: launcher)
      lines[name] = line
      return line
    }
  }

  private func ended(_ state: RunState) {
    guard let started = state.started else { return }
    let name = TriggerName(flow: started.flow, trigger: started.triggerName)
    guard let line = lines.withLock({ $0.isEmpty ? nil : $0[name] }) else { return }
    let run = RunID(started.run)
    _ = environment.spawn { await line.ended(run) }
  }

  // MARK: Recording

  private func fire(of occurrence: TriggerOccurrence, _ status: TriggerFire.Status) -> TriggerFire {
    TriggerFire(
      flow: occurrence.flow.name,
      trigger: occurrence.trigger.name,
      identity: occurrence.identity,
      status: status,
      intended: occurrence.intended,
      actual: environment.clock.now()
    )
  }

  private func record(_ failure: ActionFailure, _ occurrence: TriggerOccurrence)
    async throws(RuntimeFailure) -> TriggerReceipt
  {
    var fire = fire(of: occurrence, .failed)
    fire.code = failure.code
    // What an expression says of secured data may repeat it.
    let isSecret = occurrence.trigger.secureOutputs || occurrence.trigger.secureInputs
    let shown = isSecret ? ActionFailure(code: failure.code, message: Self.secured) : failure
    fire.error = shown.json.text
    let receipt = TriggerReceipt.failed(code: failure.code, message: shown.message)
    return try await record(fire, occurrence, receipt)
  }

  private static let secured = "The trigger failed; what it received is secured and not shown."

  private func record(
    _ fire: TriggerFire,
    _ occurrence: TriggerOccurrence,
    _ receipt: TriggerReceipt
  ) async throws(RuntimeFailure) -> TriggerReceipt {
    let isNew = try await launcher.storing { store throws(StoreFailure) in
      try await store.recordFire(
        fire,
        advancing: occurrence.advancing,
        releasing: occurrence.releasedMessages
      )
    }
    return isNew ? receipt : .duplicate
  }
}
