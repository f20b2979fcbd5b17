package import Timekeeping

/// Where served flows, their triggers, the history of these and what they gather live.
///
/// A fire that starts a run is written by `Store.append` together with the run; the calls here are
/// for everything else. Durable on return, as in `Store`.
package protocol TriggerStore: Sendable {
  // MARK: Flows

  /// All served flows, by name.
  func flows() async throws(StoreFailure) -> [StoredFlow]

  /// Inserts or replaces, storing plans that are new; many at once share one transaction.
  ///
  /// - Throws: `StoreFailure` of kind `notFound` when a plan is neither given nor stored.
  func saveFlows(_ flows: [StoredFlow], plans: [StoredPlan]) async throws(StoreFailure)

  func deleteFlow(_ name: String) async throws(StoreFailure) -> Bool

  // MARK: Triggers

  /// All triggers, by flow and name.
  func triggers() async throws(StoreFailure) -> [StoredTrigger]

  func trigger(_ trigger: String, of flow: String) async throws(StoreFailure) -> StoredTrigger?

  /// Inserts or replaces; many at once share one transaction.
  func saveTriggers(_ triggers: [StoredTrigger]) async throws(StoreFailure)

  /// Forgets triggers of a flow that are not among these; their history stays.
  func deleteTriggers(of flow: String, except kept: [String]) async throws(StoreFailure)

  // MARK: History

  /// Writes an event that starts no run now; `false`, writing nothing, when its identity is taken.
  ///
  /// `trigger` moves on, as in `JournalAppend.trigger`, and batch messages are forgotten in the same
  /// transaction.
  func recordFire(
    _ fire: TriggerFire,
    advancing trigger: StoredTrigger?,
    releasing messages: [Int64]
  ) async throws(StoreFailure) -> Bool

  /// Newest first by intended time, then by arrival.
  func fires(matching query: FireQuery) async throws(StoreFailure) -> [TriggerFire]

  /// Events that wait for a run, in the order of their arrival; `nil` means any flow or trigger.
  func waitingFires(of flow: String?, trigger: String?, limit: Int) async throws(StoreFailure)
    -> [TriggerFire]

  /// The triggers that have events that wait for a run, by flow and name.
  func waitingTriggers() async throws(StoreFailure) -> [(flow: String, trigger: String)]

  /// Puts a final entry in the place of the waiting one of this identity, or forgets that one;
  /// `false`, writing nothing, when none waits.
  ///
  /// A run that starts for it does so by `Store.append`.
  func settleFire(_ waiting: TriggerFire, as final: TriggerFire?) async throws(StoreFailure) -> Bool

  /// Removes history intended before a time, except what waits; returns how many entries went.
  func deleteFires(before time: Timestamp) async throws(StoreFailure) -> Int

  // MARK: Batches

  /// Adds messages to partitions; one whose id is there already changes nothing, and neither does
  /// one whose sender has sent a message of the trigger before, released or not.
  func addMessages(_ messages: [BatchMessage]) async throws(StoreFailure)

  /// The oldest messages of a trigger's batches, at most `limit` of each partition, in the order of
  /// their arrival.
  func messages(of trigger: String, of flow: String, limit: Int) async throws(StoreFailure)
    -> [BatchMessage]

  /// Forgets messages that were released; `JournalAppend.releasedMessages` does so with a run.
  func deleteMessages(_ keys: [Int64]) async throws(StoreFailure)
}
