import Engine
import Seams

/// Journals as lists of events.
extension Worker {
  /// Stores a run that ended elsewhere.
  ///
  /// - Throws: `RuntimeFailure.store` of kind `exists` when its name is taken, or `vault`.
  func store(
    _ events: [RunEvent],
    of record: RunRecord,
    plan: Plan,
    _ stored: StoredPlan
  ) async throws(RuntimeFailure) {
    let coding = JournalCoding(run: record.id, vault: environment.vault)
    var entries: [JournalEntry] = []
    do throws(VaultFailure) {
      for event in events { entries.append(try coding.entry(event, plan)) }
    } catch {
      throw .vault(error)
    }
    let store = environment.store
    let append = JournalAppend(
      run: record.id,
      expectedVersion: 0,
      owner: store.owner,
      entries: entries,
      record: record,
      plan: stored
    )
    try await RuntimeFailure.asking { () async throws(StoreFailure) in
      try await store.append(append)
    }
  }
}
