import Seams
import Timekeeping

extension MemoryState {
  /// Writes what starts a new run, all that is not the run itself.
  mutating func writeOrigin(of append: JournalAppend) {
    if var fire = append.fire {
      fire.run = append.run
      save(fire)
    }
    if let replay = append.intention { forget(replay) }
    if let trigger = append.trigger { advance(trigger) }
    if !append.releasedMessages.isEmpty { deleteMessages(append.releasedMessages) }
  }

  /// See `TriggerStore.recordFire`.
  mutating func record(
    _ fire: TriggerFire,
    advancing trigger: StoredTrigger?,
    releasing messages: [Int64]
  ) -> Bool {
    guard fires[FireKey(fire)] == nil else { return false }
    save(fire)
    if let trigger { advance(trigger) }
    if !messages.isEmpty { deleteMessages(messages) }
    return true
  }

  /// See `TriggerStore.settleFire`.
  mutating func settle(_ waiting: TriggerFire, as final: TriggerFire?) -> Bool {
    guard waitingFires.remove(FireKey(waiting)) != nil else { return false }
    if let final { save(final) } else { fires[FireKey(waiting)] = nil }
    return true
  }

  /// See `TriggerStore.fires`.
  func list(_ query: FireQuery) -> [TriggerFire] {
    let matching = fires.values.filter { matches($0.fire, query) && follows($0, query.after) }
    let newestFirst = matching.sorted { left, right in
      (left.fire.intended, left.number) > (right.fire.intended, right.number)
    }
    return newestFirst.prefix(query.limit.map { max(0, $0) } ?? .max).map(\.fire)
  }

  /// See `TriggerStore.waitingFires`.
  func waitingFires(of flow: String?, trigger: String?, limit: Int) -> [TriggerFire] {
    let waiting = waitingFires.filter { key in
      (flow.map { $0 == key.trigger.flow } ?? true)
        && (trigger.map { $0 == key.trigger.trigger } ?? true)
    }
    let inOrder = waiting.compactMap { fires[$0] }.sorted { $0.number < $1.number }
    return inOrder.prefix(max(0, limit)).map(\.fire)
  }

  /// See `TriggerStore.waitingTriggers`.
  func waitingTriggers() -> [(flow: String, trigger: String)] {
    Set(waitingFires.map(\.trigger)).map { ($0.flow, $0.trigger) }.sorted(by: <)
  }

  /// See `TriggerStore.deleteFires`.
  mutating func deleteFires(before time: Timestamp) -> Int {
    let count = fires.count
    fires = fires.filter { $1.fire.intended >= time || $1.fire.status == .waiting }
    return count - fires.count
  }

  // The place of an entry that is replaced stays.
  private mutating func save(_ fire: TriggerFire) {
    let key = FireKey(fire)
    fireCount += 1
    fires[key] = Fire(fire: fire, number: fires[key]?.number ?? fireCount)
    if fire.status == .waiting { waitingFires.insert(key) } else { waitingFires.remove(key) }
  }

  private func follows(_ fire: Fire, _ position: FireQuery.Position?) -> Bool {
    guard let position else { return true }
    guard fire.fire.intended == position.intended else {
      return fire.fire.intended < position.intended
    }
    let found = fires.values.first { FireQuery.Position($0.fire) == position }
    return fire.number < found?.number ?? 0
  }

  private func matches(_ fire: TriggerFire, _ query: FireQuery) -> Bool {
    (query.flow.map { $0 == fire.flow } ?? true)
      && (query.trigger.map { $0 == fire.trigger } ?? true)
      && (query.identity.map { $0 == fire.identity } ?? true)
      && (query.statuses.isEmpty || query.statuses.contains(fire.status))
      && (query.since.map { fire.intended >= $0 } ?? true)
      && (query.until.map { fire.intended < $0 } ?? true)
  }
}
