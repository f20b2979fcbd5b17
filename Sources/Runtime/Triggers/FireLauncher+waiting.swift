import Diagnostics
import Engine
import OrderedJSON
import Seams

/// Events that are durable before their runs start.
extension FireLauncher {
  /// Makes an event durable as a whole; `false` when its identity was taken in before.
  func keep(_ ready: ReadyEvent, _ occurrence: TriggerOccurrence)
    async throws(RuntimeFailure) -> Bool
  {
    var fire = ready.fire
    do throws(VaultFailure) {
      let bytes = ready.event.json.bytes
      fire.payload = try environment.vault.seal(bytes, for: Self.purpose(of: fire))
    } catch {
      throw .vault(error)
    }
    return try await storing { [fire] store throws(StoreFailure) in
      try await store.recordFire(
        fire,
        advancing: occurrence.advancing,
        releasing: occurrence.releasedMessages
      )
    }
  }

  /// The oldest event of a trigger that waits.
  func firstWaiting(_ name: TriggerName) async throws(RuntimeFailure) -> TriggerFire? {
    try await storing { store throws(StoreFailure) in
      try await store.waitingFires(of: name.flow, trigger: name.trigger, limit: 1).first
    }
  }

  /// All events of a trigger that wait.
  func waitingFires(_ name: TriggerName) async throws(RuntimeFailure) -> [TriggerFire] {
    try await storing { store throws(StoreFailure) in
      try await store.waitingFires(of: name.flow, trigger: name.trigger, limit: .max)
    }
  }

  /// The runs of a trigger that have not ended, but for those that other runs called.
  func runs(of name: TriggerName) async throws(RuntimeFailure) -> Set<RunID> {
    let query = RunQuery(flow: name.flow, statuses: [.running, .waiting])
    let records = try await storing { store throws(StoreFailure) in
      try await store.runs(matching: query)
    }
    let own = records.filter { record in
      TriggerName(flow: record.flow, trigger: record.triggerName) == name
        && record.parent?.mode != "call"
    }
    return Set(own.map(\.id))
  }

  /// A waiting event with the version of its flow that is in force now.
  ///
  /// Fails when no run can start for it any more. A flow that was disabled still works off what
  /// waits.
  func ready(_ fire: TriggerFire) async -> Result<ReadyEvent, ActionFailure> {
    do throws(ActionFailure) {
      guard let served = catalog.flow(fire.flow) else {
        throw ActionFailure(
          code: "FlowNotFound",
          message: "The flow '\(fire.flow)' was removed while this event waited."
        )
      }
      let flow = try await compiled(served)
      let rules = try flow.rules(of: fire.trigger)
      return .success(ReadyEvent(event: try event(of: fire), fire: fire, flow: flow, rules: rules))
    } catch {
      return .failure(error)
    }
  }

  /// The version of a flow that is in force.
  ///
  /// - Throws: `ActionFailure` when it cannot be run.
  func compiled(_ served: ServedFlow) async throws(ActionFailure) -> CompiledFlow {
    do throws(Diagnostic) { return try await flows.flow(served) } catch {
      throw ActionFailure(unusable: served.name, error)
    }
  }

  /// What a waiting entry keeps.
  func event(of fire: TriggerFire) throws(ActionFailure) -> AcceptedEvent {
    let bytes = try? environment.vault.open(fire.payload ?? [], for: Self.purpose(of: fire))
    guard let bytes, let json = try? JSON(parsing: bytes), let event = AcceptedEvent(json) else {
      throw ActionFailure(
        code: "EventUnreadable",
        message: "What this event waited with cannot be read: it was sealed under another key."
      )
    }
    return event
  }

  private static func purpose(of fire: TriggerFire) -> String {
    SealPurpose.fire(fire.identity, of: fire.trigger, flow: fire.flow)
  }

  // MARK: Settling

  /// Ends the waiting of an event of which no run can start any more.
  func settle(_ fire: TriggerFire, _ failure: ActionFailure) async throws(RuntimeFailure) {
    var final = fire
    final.status = .failed
    final.code = failure.code
    final.error = failure.json.text
    final.payload = nil
    try await settle(fire, as: final)
  }

  /// Forgets a split event all of whose items have entries of their own.
  func settle(_ fire: TriggerFire) async throws(RuntimeFailure) {
    try await settle(fire, as: nil)
  }

  private func settle(_ fire: TriggerFire, as final: TriggerFire?) async throws(RuntimeFailure) {
    _ = try await storing { store throws(StoreFailure) in
      try await store.settleFire(fire, as: final)
    }
  }
}
