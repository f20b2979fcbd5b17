package import Engine
package import Seams

extension SQLiteStore {
  package func saveBulk(_ bulk: StoredBulk, replaying runs: [RunID]) async throws(StoreFailure) {
    try await writer.write { session throws(SQLiteError) in
      .success(try session.save(bulk, replaying: runs))
    }
  }

  package func bulk(_ name: String) async throws(StoreFailure) -> StoredBulk? {
    try readers.read { session throws(SQLiteError) in try session.bulk(name) }
  }

  package func unfinishedBulks() async throws(StoreFailure) -> [(bulk: String, count: Int)] {
    try readers.read { session throws(SQLiteError) in try session.unfinishedBulks() }
  }

  package func intendedReplays(of bulk: String) async throws(StoreFailure) -> [RunID] {
    try readers.read { session throws(SQLiteError) in try session.intendedReplays(of: bulk) }
  }

  package func isIntended(_ replay: IntendedReplay) async throws(StoreFailure) -> Bool {
    try readers.read { session throws(SQLiteError) in try session.isIntended(replay) }
  }

  package func withdrawReplay(_ replay: IntendedReplay) async throws(StoreFailure) -> Bool {
    try await writer.write { session throws(SQLiteError) in .success(try session.forget(replay)) }
  }
}
