package import Seams
package import Timekeeping

extension MemoryStore {
  package func flows() async throws(StoreFailure) -> [StoredFlow] {
    try await access { $0.flows.values.sorted { $0.name < $1.name } }
  }

  package func saveFlows(_ flows: [StoredFlow], plans: [StoredPlan]) async throws(StoreFailure) {
    try await write { state throws(StoreFailure) in try state.save(flows, plans: plans) }
  }

  package func deleteFlow(_ name: String) async throws(StoreFailure) -> Bool {
    try await write { $0.flows.removeValue(forKey: name) != nil }
  }

  package func triggers() async throws(StoreFailure) -> [StoredTrigger] {
    try await access { $0.listTriggers() }
  }

  package func trigger(_ trigger: String, of flow: String) async throws(StoreFailure)
    -> StoredTrigger?
  {
    try await access { $0.triggers[MemoryState.TriggerKey(flow: flow, trigger: trigger)] }
  }

  package func saveTriggers(_ triggers: [StoredTrigger]) async throws(StoreFailure) {
    try await write { $0.save(triggers) }
  }

  package func deleteTriggers(of flow: String, except kept: [String]) async throws(StoreFailure) {
    try await write { $0.deleteTriggers(of: flow, except: kept) }
  }

  package func recordFire(
    _ fire: TriggerFire,
    advancing trigger: StoredTrigger?,
    releasing messages: [Int64]
  ) async throws(StoreFailure) -> Bool {
    try await hooks.beforeFire()
    let isNew = try perform { $0.record(fire, advancing: trigger, releasing: messages) }
    try await hooks.afterFire()
    return isNew
  }

  package func settleFire(_ waiting: TriggerFire, as final: TriggerFire?)
    async throws(StoreFailure) -> Bool
  {
    try await hooks.beforeFire()
    let isSettled = try perform { $0.settle(waiting, as: final) }
    try await hooks.afterFire()
    return isSettled
  }

  package func fires(matching query: FireQuery) async throws(StoreFailure) -> [TriggerFire] {
    try await access { $0.list(query) }
  }

  package func waitingFires(of flow: String?, trigger: String?, limit: Int)
    async throws(StoreFailure) -> [TriggerFire]
  {
    try await access { $0.waitingFires(of: flow, trigger: trigger, limit: limit) }
  }

  package func waitingTriggers() async throws(StoreFailure) -> [(flow: String, trigger: String)] {
    try await access { $0.waitingTriggers() }
  }

  package func deleteFires(before time: Timestamp) async throws(StoreFailure) -> Int {
    try await write { $0.deleteFires(before: time) }
  }

  package func addMessages(_ messages: [BatchMessage]) async throws(StoreFailure) {
    try await write { $0.add(messages) }
  }

  package func messages(of trigger: String, of flow: String, limit: Int)
    async throws(StoreFailure) -> [BatchMessage]
  {
    try await access { $0.messages(of: trigger, of: flow, limit: limit) }
  }

  package func deleteMessages(_ keys: [Int64]) async throws(StoreFailure) {
    try await write { $0.deleteMessages(keys) }
  }
}
