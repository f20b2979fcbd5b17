package import Engine
package import Timekeeping

/// Where everything durable lives: runs and their journals here, triggers, intended replays and
/// access in the protocols that it refines.
///
/// Every write is durable when its call returns; writes that arrive together share a transaction.
/// The contract is the suite in `Tests/Contracts`, which every implementation passes.
package protocol Store: TriggerStore, ReplayStore, AccessStore {
  // MARK: Runs

  /// Appends to a run's journal and updates its columns, all or nothing.
  ///
  /// What is refused has written nothing, and does not harm writes that share its transaction.
  ///
  /// - Throws: `StoreFailure` of kind `conflict` when the version or the owner differs or the run
  ///   is gone, `exists` when a new run's name is taken, `notFound` when a new run comes without
  ///   its record or its plan is neither given nor stored, `fired` when its event started another
  ///   run already or its replay is not intended any more.
  func append(_ append: JournalAppend) async throws(StoreFailure)

  /// The journal in order, without its first so many entries; empty for an unknown run.
  func journal(of run: RunID, after version: Int) async throws(StoreFailure) -> [JournalEntry]

  func run(_ id: RunID) async throws(StoreFailure) -> RunRecord?

  /// Newest first by start time, then by creation.
  func runs(matching query: RunQuery) async throws(StoreFailure) -> [RunRecord]

  /// Removes a run with its journal; `false` when there was none.
  func deleteRun(_ id: RunID) async throws(StoreFailure) -> Bool

  func plan(_ hash: String) async throws(StoreFailure) -> StoredPlan?

  /// The plans that a flow of this name ever had, those that were stored last first.
  func planHashes(of flow: String) async throws(StoreFailure) -> [String]

  /// Runs that nobody holds and that are to wake at or before `time`, earliest first; they stay
  /// until an append changes them or somebody claims them.
  func wakeups(due time: Timestamp, limit: Int) async throws(StoreFailure)
    -> [(run: RunID, due: Timestamp)]

  // MARK: Owners

  /// Takes a run over from a process that died; `false` when `previous` no longer holds it.
  func claim(_ run: RunID, from previous: OwnerID?, by owner: OwnerID) async throws(StoreFailure)
    -> Bool

  /// Runs that other processes than this one hold, dead or alive.
  func runsHeldElsewhere() async throws(StoreFailure) -> [(run: RunID, owner: OwnerID)]

  /// Whether the process of this name still runs; its own name is alive until `close`.
  func isAlive(_ owner: OwnerID) async -> Bool

  /// The name of this process.
  var owner: OwnerID { get }

  // MARK: Throttle windows

  /// Asks for one call through the gate of a connection.
  ///
  /// Counts, in one transaction and over all processes, the calls that can have reached the
  /// service within the window before `now`: a settled call counts from its settled time, an
  /// unsettled one from a grace of 1 s after it was granted. Either occupies the window for one
  /// renewal period from there; `ThrottleWindow` has the arithmetic.
  func takeCall(through gate: String, limit: CallLimit, now: Timestamp) async throws(StoreFailure)
    -> CallPermit

  /// Records when a granted call had surely reached the service.
  ///
  /// A call that left the window may come back to it so; an unknown one changes nothing.
  func settleCall(_ call: Int64, at time: Timestamp) async throws(StoreFailure)

  /// How many calls through a gate count from a time after this one.
  func callCount(through gate: String, after time: Timestamp) async throws(StoreFailure) -> Int

  // MARK: Connections

  func saveConnection(_ connection: StoredConnection) async throws(StoreFailure)

  /// Saves a connection together with the token of its new sign-in, and ends the lease on that;
  /// `false`, writing nothing, when another has the lease now.
  func saveConnection(_ connection: StoredConnection, token: StoredToken, fence: Int64)
    async throws(StoreFailure) -> Bool

  func connection(_ name: String) async throws(StoreFailure) -> StoredConnection?
  func connections() async throws(StoreFailure) -> [StoredConnection]
  func deleteConnection(_ name: String) async throws(StoreFailure) -> Bool

  // MARK: Tokens

  func token(_ key: String) async throws(StoreFailure) -> StoredToken?

  /// Asks to be the only one, over all processes, that renews a token.
  ///
  /// A lease has no end by itself; with the fence `lost` it is taken over from its holder.
  func leaseToken(_ key: String, takingOver lost: Int64?) async throws(StoreFailure) -> TokenLease

  /// Saves a renewed token and ends the lease; `false`, without saving, when another has it now.
  func saveToken(_ token: StoredToken, fence: Int64) async throws(StoreFailure) -> Bool

  /// Ends a lease without a new token.
  func endTokenLease(_ key: String, fence: Int64) async throws(StoreFailure)

  /// Forgets a token; who is about to renew it cannot save.
  func deleteToken(_ key: String) async throws(StoreFailure)

  /// Finishes queued writes and releases everything; later calls throw `closed`.
  func close() async
}

extension Store {
  /// The whole journal in order; empty for an unknown run.
  package func journal(of run: RunID) async throws(StoreFailure) -> [JournalEntry] {
    try await journal(of: run, after: 0)
  }
}
