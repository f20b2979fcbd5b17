package import Seams
package import Timekeeping

extension SQLiteStore {
  package func flows() async throws(StoreFailure) -> [StoredFlow] {
    try readers.read { session throws(SQLiteError) in try session.flows() }
  }

  package func saveFlows(_ flows: [StoredFlow], plans: [StoredPlan]) async throws(StoreFailure) {
    try await writer.write { session throws(SQLiteError) in try session.save(flows, plans: plans) }
  }

  package func deleteFlow(_ name: String) async throws(StoreFailure) -> Bool {
    try await writer.write { session throws(SQLiteError) in .success(try session.deleteFlow(name)) }
  }

  package func triggers() async throws(StoreFailure) -> [StoredTrigger] {
    try readers.read { session throws(SQLiteError) in try session.triggers() }
  }

  package func trigger(_ trigger: String, of flow: String) async throws(StoreFailure)
    -> StoredTrigger?
  {
    try readers.read { session throws(SQLiteError) in try session.trigger(trigger, of: flow) }
  }

  package func saveTriggers(_ triggers: [StoredTrigger]) async throws(StoreFailure) {
    try await writer.write { session throws(SQLiteError) in .success(try session.save(triggers)) }
  }

  package func deleteTriggers(of flow: String, except kept: [String]) async throws(StoreFailure) {
    try await writer.write { session throws(SQLiteError) in
      .success(try session.deleteTriggers(of: flow, except: kept))
    }
  }

  package func recordFire(
    _ fire: TriggerFire,
    advancing trigger: StoredTrigger?,
    releasing messages: [Int64]
  ) async throws(StoreFailure) -> Bool {
    try await writer.write { session throws(SQLiteError) in
      .success(try session.record(fire, advancing: trigger, releasing: messages))
    }
  }

  package func settleFire(_ waiting: TriggerFire, as final: TriggerFire?)
    async throws(StoreFailure) -> Bool
  {
    try await writer.write { session throws(SQLiteError) in
      .success(try session.settle(waiting, as: final))
    }
  }

  package func fires(matching query: FireQuery) async throws(StoreFailure) -> [TriggerFire] {
    try readers.read { session throws(SQLiteError) in try session.fires(matching: query) }
  }

  package func waitingFires(of flow: String?, trigger: String?, limit: Int)
    async throws(StoreFailure) -> [TriggerFire]
  {
    try readers.read { session throws(SQLiteError) in
      try session.waitingFires(of: flow, trigger: trigger, limit: limit)
    }
  }

  package func waitingTriggers() async throws(StoreFailure) -> [(flow: String, trigger: String)] {
    try readers.read { session throws(SQLiteError) in try session.waitingTriggers() }
  }

  // In steps, so that runs which write meanwhile wait for none but one of them.
  package func deleteFires(before time: Timestamp) async throws(StoreFailure) -> Int {
    var total = 0
    for status in TriggerFire.Status.allCases where status != .waiting {
      while true {
        let count = try await writer.write { session throws(SQLiteError) in
          .success(try session.deleteFires(status, before: time, limit: 10_000))
        }
        total += count
        if count == 0 { break }
      }
    }
    return total
  }

  package func addMessages(_ messages: [BatchMessage]) async throws(StoreFailure) {
    try await writer.write { session throws(SQLiteError) in .success(try session.add(messages)) }
  }

  package func messages(of trigger: String, of flow: String, limit: Int)
    async throws(StoreFailure) -> [BatchMessage]
  {
    try readers.read { session throws(SQLiteError) in
      try session.messages(of: trigger, of: flow, limit: limit)
    }
  }

  package func deleteMessages(_ keys: [Int64]) async throws(StoreFailure) {
    try await writer.write { session throws(SQLiteError) in
      .success(try session.deleteMessages(keys))
    }
  }
}
