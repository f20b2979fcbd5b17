package import Engine
package import Seams

extension MemoryStore {
  package func saveBulk(_ bulk: StoredBulk, replaying runs: [RunID]) async throws(StoreFailure) {
    try await write { $0.save(bulk, replaying: runs) }
  }

  package func bulk(_ name: String) async throws(StoreFailure) -> StoredBulk? {
    try await access { state in state.bulks.first { $0.stored.name == name }?.stored }
  }

  package func unfinishedBulks() async throws(StoreFailure) -> [(bulk: String, count: Int)] {
    try await access { state in state.bulks.map { ($0.stored.name, $0.runs.count) } }
  }

  package func intendedReplays(of bulk: String) async throws(StoreFailure) -> [RunID] {
    try await access { state in state.bulks.first { $0.stored.name == bulk }?.runs ?? [] }
  }

  package func isIntended(_ replay: IntendedReplay) async throws(StoreFailure) -> Bool {
    try await access { $0.isIntended(replay) }
  }

  package func withdrawReplay(_ replay: IntendedReplay) async throws(StoreFailure) -> Bool {
    try await write { $0.forget(replay) }
  }
}
