package import Engine
package import Seams
import Synchronization
package import Timekeeping

/// One process's view of a store in memory.
package final class MemoryStore: Store {
  package let owner: OwnerID

  private let database: MemoryDatabase
  let hooks: StoreHooks
  private let isClosed = Mutex(false)

  /// Opens the database for a process of this name, which lives until `close`.
  package init(
    _ database: MemoryDatabase = MemoryDatabase(),
    owner: OwnerID,
    hooks: StoreHooks = StoreHooks()
  ) {
    self.database = database
    self.owner = owner
    self.hooks = hooks
    _ = try? database.withState { $0.livingOwners.insert(owner) }
  }

  package func append(_ append: JournalAppend) async throws(StoreFailure) {
    try await hooks.beforeAppend(append)
    try perform { state throws(StoreFailure) in try state.append(append) }
    hooks.appended(append)
    try await hooks.afterAppend(append)
  }

  package func journal(of run: RunID, after version: Int) async throws(StoreFailure)
    -> [JournalEntry]
  {
    try await access { Array(($0.runs[run]?.entries ?? []).dropFirst(max(0, version))) }
  }

  package func run(_ id: RunID) async throws(StoreFailure) -> RunRecord? {
    try await access { $0.runs[id]?.record }
  }

  package func runs(matching query: RunQuery) async throws(StoreFailure) -> [RunRecord] {
    try await access { $0.list(query) }
  }

  package func deleteRun(_ id: RunID) async throws(StoreFailure) -> Bool {
    try await write { $0.runs.removeValue(forKey: id) != nil }
  }

  package func plan(_ hash: String) async throws(StoreFailure) -> StoredPlan? {
    try await access { $0.plans[hash] }
  }

  package func planHashes(of flow: String) async throws(StoreFailure) -> [String] {
    try await access { $0.planHashes(of: flow) }
  }

  package func callCount(through gate: String, after time: Timestamp)
    async throws(StoreFailure) -> Int
  {
    try await access { $0.calls.values.count { $0.gate == gate && $0.start > time } }
  }

  package func wakeups(due time: Timestamp, limit: Int) async throws(StoreFailure)
    -> [(run: RunID, due: Timestamp)]
  {
    try await access { $0.wakeups(due: time, limit: limit) }
  }

  package func claim(_ run: RunID, from previous: OwnerID?, by owner: OwnerID)
    async throws(StoreFailure) -> Bool
  {
    try await write { $0.claim(run, from: previous, by: owner) }
  }

  package func runsHeldElsewhere() async throws(StoreFailure) -> [(run: RunID, owner: OwnerID)] {
    try await access { $0.runsHeld(byOthersThan: owner) }
  }

  package func isAlive(_ owner: OwnerID) async -> Bool {
    (try? perform { $0.livingOwners.contains(owner) }) ?? false
  }

  package func takeCall(through gate: String, limit: CallLimit, now: Timestamp)
    async throws(StoreFailure) -> CallPermit
  {
    let window = ThrottleWindow(calls: limit.calls, renewalPeriod: limit.renewalPeriod)
    return try await write { $0.takeCall(through: gate, window: window, now: now) }
  }

  package func settleCall(_ call: Int64, at time: Timestamp) async throws(StoreFailure) {
    try await write { $0.settleCall(call, at: time) }
  }

  package func saveConnection(_ connection: StoredConnection) async throws(StoreFailure) {
    try await write { $0.connections[connection.name] = connection }
  }

  package func saveConnection(_ connection: StoredConnection, token: StoredToken, fence: Int64)
    async throws(StoreFailure) -> Bool
  {
    try await write { state in
      guard state.saveToken(token, fence: fence) else { return false }
      state.connections[connection.name] = connection
      return true
    }
  }

  package func connection(_ name: String) async throws(StoreFailure) -> StoredConnection? {
    try await access { $0.connections[name] }
  }

  package func connections() async throws(StoreFailure) -> [StoredConnection] {
    try await access { $0.connections.values.sorted { $0.name < $1.name } }
  }

  package func deleteConnection(_ name: String) async throws(StoreFailure) -> Bool {
    try await write { $0.connections.removeValue(forKey: name) != nil }
  }

  package func token(_ key: String) async throws(StoreFailure) -> StoredToken? {
    try await access { $0.tokens[key]?.stored }
  }

  package func leaseToken(_ key: String, takingOver lost: Int64?)
    async throws(StoreFailure) -> TokenLease
  {
    try await write { $0.leaseToken(key, to: owner, takingOver: lost) }
  }

  package func saveToken(_ token: StoredToken, fence: Int64) async throws(StoreFailure) -> Bool {
    try await write { $0.saveToken(token, fence: fence) }
  }

  package func endTokenLease(_ key: String, fence: Int64) async throws(StoreFailure) {
    try await write { $0.endTokenLease(key, fence: fence) }
  }

  package func deleteToken(_ key: String) async throws(StoreFailure) {
    try await write { $0.deleteToken(key) }
  }

  package func close() async {
    isClosed.withLock { $0 = true }
    _ = try? database.withState { $0.livingOwners.remove(owner) }
  }

  func access<Value>(
    _ body: (inout MemoryState) throws(StoreFailure) -> sending Value
  ) async throws(StoreFailure) -> sending Value {
    try await hooks.beforeAccess()
    let value = try perform(body)
    await hooks.afterAccess()
    return value
  }

  /// As `access`, for what changes something; it may be done and yet fail.
  func write<Value: Sendable>(
    _ body: (inout MemoryState) throws(StoreFailure) -> sending Value
  ) async throws(StoreFailure) -> Value {
    let value = try await access(body)
    try await hooks.afterWrite()
    return value
  }

  func perform<Value>(
    _ body: (inout MemoryState) throws(StoreFailure) -> sending Value
  ) throws(StoreFailure) -> sending Value {
    if isClosed.withLock({ $0 }) { throw .storeClosed }
    return try database.withState(body)
  }
}
