import Definitions
import Seams
import Timekeeping

extension TriggerBook {
  /// Enters the triggers of all flows in the catalog.
  func enroll(_ rows: [StoredTrigger]) async throws(RuntimeFailure) {
    try await changing { () async throws(RuntimeFailure) in
      let now = environment.clock.now()
      let renewal = renewal(now)
      let flows = catalog.flows
      var found: [TriggerName: StoredTrigger] = [:]
      found.reserveCapacity(rows.count)
      for row in rows { found[TriggerName(flow: row.flow, trigger: row.trigger)] = row }
      held.reserve(rows.count)
      var new: [StoredTrigger] = []
      for flow in flows {
        for trigger in flow.served {
          let name = TriggerName(flow: flow.name, trigger: trigger.name)
          let old = found[name]
          var row = renewal.row(trigger, of: flow, old)
          if let old, old != row, try await !leave(old) { row.sealed = nil }
          if row != old { new.append(row) }
          // What waits to be written would otherwise weigh as much as all that is held.
          if new.count == 1000 { try await save(&new) }
          // The clock may have been set back while no server ran.
          row = renewal.setBack(trigger, renewal.begun(trigger, row))
          enter(row)
        }
      }
      try await save(&new)
    }
  }

  private func save(_ new: inout [StoredTrigger]) async throws(RuntimeFailure) {
    guard !new.isEmpty else { return }
    let rows = new
    new.removeAll(keepingCapacity: true)
    try await stored { store throws(StoreFailure) in try await store.saveTriggers(rows) }
  }

  // MARK: Changes

  /// What changes may have to wait for triggers that are seen to; nothing else waits for that.
  func beginChanges() {
    guard !isTakingChanges, changed.isSome else { return }
    isTakingChanges = true
    _ = environment.spawn {
      await self.takeChanges()
      await self.endChanges()
    }
  }

  private func endChanges() {
    isTakingChanges = false
    if changed.isSome { alarm.ring() }
  }

  /// Looks at the flows that changed; what cannot be written is tried again a second later.
  private func takeChanges() async {
    let names = changed.take()
    guard !names.isEmpty else { return }
    do throws(RuntimeFailure) {
      try await changing { () async throws(RuntimeFailure) in try await take(names.sorted()) }
    } catch {
      environment.log.write(.error, "triggers.unsaved", [("why", "\(error)")])
      for name in names { changed.add(name) }
      try? await environment.clock.pause(for: .seconds(1))
    }
  }

  /// Brings the rows of flows to what the catalog says; all are written at once.
  func take(_ names: [String]) async throws(RuntimeFailure) {
    let renewal = renewal(environment.clock.now())
    var claimed: [Int32] = []
    defer { for key in claimed { release(key) } }
    var new: [StoredTrigger] = []
    var gone: [(flow: String, kept: [String])] = []
    for name in names {
      for key in held.keys(of: name) where await claim(key) { claimed.append(key) }
      let flow = catalog.flow(name)
      for trigger in flow?.served ?? [] {
        guard let flow else { continue }
        let old = held.key(trigger.name, of: flow.name).flatMap { held.row($0) }
        var renewed = renewal.row(trigger, of: flow, old)
        guard renewed != old else { continue }
        if let old, try await !leave(old) { renewed.sealed = nil }
        new.append(renewed)
      }
      let kept = flow?.served.map(\.name) ?? []
      if try await leaveOthers(of: name, than: kept) { gone.append((flow?.name ?? name, kept)) }
    }
    let (rows, forgotten) = (new, gone)
    try await stored { store throws(StoreFailure) in
      if !rows.isEmpty { try await store.saveTriggers(rows) }
      for flow in forgotten { try await store.deleteTriggers(of: flow.flow, except: flow.kept) }
    }
    for row in new { enter(row) }
    for flow in gone {
      for key in held.keys(of: flow.flow) where !isKept(key, flow.kept) { remove(key) }
    }
  }

  private func isKept(_ key: Int32, _ kept: [String]) -> Bool {
    guard let name = held.row(key)?.trigger.lowercased() else { return true }
    return kept.contains { $0.lowercased() == name }
  }

  /// Undoes what triggers that are gone keep in the world; `false` when there are none.
  private func leaveOthers(of flow: String, than kept: [String])
    async throws(RuntimeFailure) -> Bool
  {
    var hasOthers = false
    for key in held.keys(of: flow) where !isKept(key, kept) {
      hasOthers = true
      if let row = held.row(key) { _ = try await leave(row) }
    }
    return hasOthers
  }

  /// Undoes what a trigger that goes on differently keeps in the world; `false` when it cannot go on
  /// with what it kept.
  func leave(_ row: StoredTrigger) async throws(RuntimeFailure) -> Bool {
    guard row.sealed != nil, let poller else { return true }
    return try await poller.leave(row.trigger, of: row.flow, row)
  }
}
