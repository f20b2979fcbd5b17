package import Engine

/// Where the replays live that are intended and not begun.
///
/// The append that begins a replay forgets its intention: see `JournalAppend.intention`. Durable on
/// return, as in `Store`.
package protocol ReplayStore: Sendable {
  /// Records that a bulk replays these runs, all of them or none; one that is named twice is
  /// replayed once.
  func saveBulk(_ bulk: StoredBulk, replaying runs: [RunID]) async throws(StoreFailure)

  /// A bulk of which some replay has not begun.
  func bulk(_ name: String) async throws(StoreFailure) -> StoredBulk?

  /// The bulks of which some replay has not begun, the oldest first, with the number of these.
  func unfinishedBulks() async throws(StoreFailure) -> [(bulk: String, count: Int)]

  /// The runs whose replay has not begun, in the order in which they were given.
  func intendedReplays(of bulk: String) async throws(StoreFailure) -> [RunID]

  func isIntended(_ replay: IntendedReplay) async throws(StoreFailure) -> Bool

  /// Forgets a replay that cannot be begun; `false` when it is not intended.
  func withdrawReplay(_ replay: IntendedReplay) async throws(StoreFailure) -> Bool
}
