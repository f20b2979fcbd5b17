import Engine
import OrderedJSON
import Seams

/// Events that are durable before their runs start.
extension FireLauncher {
  /// Makes an event durable as a whole; `nil` when its identity was taken in before.
  func keep(_ event: AcceptedEvent, of occurrence: TriggerOccurrence)
    async throws(RuntimeFailure) -> TriggerFire?
  {
    var fire = TriggerFire(
      flow: occurrence.flow.name,
      trigger: occurrence.trigger.name,
      identity: occurrence.identity,
      status: .waiting,
      intended: occurrence.intended,
      actual: environment.clock.now()
    )
    fire.payload = try sealing { [fire] vault throws(VaultFailure) in
      try vault.seal(event.json.bytes, for: Self.purpose(of: fire))
    }
    let isNew = try await storing { [fire] store throws(StoreFailure) in
      try await store.recordFire(
        fire,
        advancing: occurrence.advancing,
        releasing: occurrence.releasedMessages
      )
    }
    return isNew ? fire : nil
  }

  /// The event that a waiting entry keeps.
  ///
  /// - Throws: `ActionFailure` when it cannot be read any more.
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

  /// Ends the waiting of an event of which no run can start any more.
  func settle(_ fire: TriggerFire, _ failure: ActionFailure) async throws(RuntimeFailure) {
    var final = fire
    final.status = .failed
    final.code = failure.code
    final.error = failure.json.text
    final.payload = nil
    _ = try await storing { [final] store throws(StoreFailure) in
      try await store.settleFire(fire, as: final)
    }
  }

  /// Forgets a split event all of whose items have entries of their own.
  func settle(_ fire: TriggerFire) async throws(RuntimeFailure) {
    _ = try await storing { store throws(StoreFailure) in
      try await store.settleFire(fire, as: nil)
    }
  }

  private static func purpose(of fire: TriggerFire) -> String {
    "fire/\(fire.flow)/\(fire.trigger)/\(fire.identity)"
  }

  // MARK: Failures

  func storing<Value: Sendable>(
    _ body: (any Store) async throws(StoreFailure) -> Value
  ) async throws(RuntimeFailure) -> Value {
    do throws(StoreFailure) { return try await body(environment.store) } catch {
      throw .store(error)
    }
  }

  private func sealing<Value>(_ body: (any Vault) throws(VaultFailure) -> Value)
    throws(RuntimeFailure) -> Value
  {
    do throws(VaultFailure) { return try body(environment.vault) } catch { throw .vault(error) }
  }
}
