import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Seams
import Timekeeping

/// Starts the runs of accepted events.
struct FireLauncher: Sendable {
  let worker: Worker
  let catalog: FlowCatalog
  let flows: CompiledFlows

  var environment: Environment { worker.environment }

  func facts(of flow: CompiledFlow) -> TriggerRules.Facts {
    TriggerRules.Facts(
      parameters: flow.prepared.parameters,
      now: environment.clock.now(),
      seed: environment.entropy.number(),
      surroundings: Surroundings(setting: environment.setting)
    )
  }

  /// Starts the only run of an event that never had to wait; one transaction.
  ///
  /// `nil` when its identity was taken in before.
  func startNow(_ ready: ReadyEvent, _ occurrence: TriggerOccurrence)
    async throws(RuntimeFailure) -> RunDriver?
  {
    try await start(
      0,
      of: ready,
      RunOrigin(
        fire: ready.fire(of: 0),
        advancing: occurrence.advancing,
        releasedMessages: occurrence.releasedMessages
      ),
      callerWaitsUntil: occurrence.callerWaitsUntil
    )
  }

  /// Starts the run of one item of an event that is kept; `nil` when it was started before.
  ///
  /// An item that starts no run gets its entry in the history.
  func startItem(_ item: Int, of ready: ReadyEvent) async throws(RuntimeFailure) -> RunDriver? {
    let fire = ready.fire(of: item)
    guard ready.event.items[item].isSkipped else {
      return try await start(item, of: ready, RunOrigin(fire: fire))
    }
    _ = try await storing { store throws(StoreFailure) in
      try await store.recordFire(fire, advancing: nil, releasing: [])
    }
    return nil
  }

  private func start(
    _ item: Int,
    of ready: ReadyEvent,
    _ origin: RunOrigin,
    callerWaitsUntil: Timestamp? = nil
  ) async throws(RuntimeFailure) -> RunDriver? {
    do throws(RuntimeFailure) {
      var trigger = ready.trigger(of: item)
      trigger.callerWaitsUntil = callerWaitsUntil
      return try await worker.start(ready.flow.prepared, trigger: trigger, origin: origin)
    } catch {
      if case .store(let failure) = error, failure.kind == .fired { return nil }
      throw error
    }
  }

  func storing<Value: Sendable>(
    _ body: (any Store) async throws(StoreFailure) -> Value
  ) async throws(RuntimeFailure) -> Value {
    do throws(StoreFailure) { return try await body(environment.store) } catch {
      throw .store(error)
    }
  }
}

extension ActionFailure {
  init(unusable flow: String, _ problem: Diagnostic) {
    self.init(
      code: "FlowNotReady",
      message: "The flow '\(flow)' cannot be run: \(problem.message)."
    )
  }
}
