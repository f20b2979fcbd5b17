package import Definitions
import Engine
package import OrderedJSON
package import Seams
import Timekeeping

extension TriggerBook: TriggerControl {
  package func setPaused(_ isPaused: Bool, trigger: String, of flow: String)
    async throws(RuntimeFailure)
  {
    try await changing { () async throws(RuntimeFailure) in
      guard let served = catalog.flow(flow), let definition = served.served(named: trigger),
        let key = held.key(trigger, of: flow), await claim(key)
      else { return }
      defer { release(key) }
      guard var row = held.row(key), row.isPaused != isPaused else { return }
      if isPaused {
        _ = try await leave(row)
        // If the pause cannot be written it goes on, and subscribes anew.
        row.due = environment.clock.now()
        enter(row)
        row.sealed = nil
        row.due = nil
      } else if served.isEnabled {
        row = renewal(environment.clock.now()).resumed(definition, row)
      }
      row.isPaused = isPaused
      try await save(row)
    }
  }

  package func setEnabled(_ isEnabled: Bool, flow: String) async throws(RuntimeFailure) {
    guard var served = catalog.flow(flow), served.isEnabled != isEnabled else { return }
    served.isEnabled = isEnabled
    let row = StoredFlow(
      name: served.name,
      planHash: served.planHash,
      isEnabled: isEnabled,
      changed: served.changed
    )
    try await stored { store throws(StoreFailure) in try await store.saveFlows([row], plans: []) }
    catalog.put(served)
    try await changing { () async throws(RuntimeFailure) in try await take([flow]) }
  }

  private func save(_ row: StoredTrigger) async throws(RuntimeFailure) {
    try await stored { store throws(StoreFailure) in try await store.saveTriggers([row]) }
    enter(row)
  }

  /// Where a trigger stands; `nil` when the book has none of this name.
  package func trigger(_ trigger: String, of flow: String) -> StoredTrigger? {
    held.key(trigger, of: flow).flatMap { held.row($0) }
  }

  // MARK: By hand

  /// Fires a trigger now, whatever its type, as if it had brought `outputs`; timers stay where they
  /// stand.
  ///
  /// - Throws: `RuntimeFailure` when the store cannot take it.
  package func fire(
    _ trigger: FlowTrigger,
    of flow: ServedFlow,
    outputs: JSON = [:]
  ) async throws(RuntimeFailure) -> TriggerReceipt {
    let now = environment.clock.now()
    return try await intake.take(
      TriggerOccurrence(
        flow: flow,
        trigger: trigger,
        identity: "manual-\(environment.entropy.uuid())",
        intended: now,
        outputs: outputs
      )
    )
  }
}
