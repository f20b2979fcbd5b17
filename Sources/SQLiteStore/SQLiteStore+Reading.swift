package import Engine
package import Seams
package import Timekeeping

extension SQLiteStore {
  package func journal(of run: RunID, after version: Int) async throws(StoreFailure)
    -> [JournalEntry]
  {
    try readers.read { session throws(SQLiteError) in
      try session.journal(of: run, after: version)
    }
  }

  package func run(_ id: RunID) async throws(StoreFailure) -> RunRecord? {
    try readers.read { session throws(SQLiteError) in try session.run(id) }
  }

  package func runs(matching query: RunQuery) async throws(StoreFailure) -> [RunRecord] {
    try readers.read { session throws(SQLiteError) in try session.runs(matching: query) }
  }

  package func plan(_ hash: String) async throws(StoreFailure) -> StoredPlan? {
    try readers.read { session throws(SQLiteError) in try session.plan(hash) }
  }

  package func planHashes(of flow: String) async throws(StoreFailure) -> [String] {
    try readers.read { session throws(SQLiteError) in try session.planHashes(of: flow) }
  }

  package func callCount(through gate: String, after time: Timestamp)
    async throws(StoreFailure) -> Int
  {
    try readers.read { session throws(SQLiteError) in
      try session.callCount(through: gate, after: time)
    }
  }

  package func wakeups(due time: Timestamp, limit: Int) async throws(StoreFailure)
    -> [(run: RunID, due: Timestamp)]
  {
    try readers.read { session throws(SQLiteError) in
      try session.wakeups(due: time, limit: limit)
    }
  }

  package func runsHeldElsewhere() async throws(StoreFailure) -> [(run: RunID, owner: OwnerID)] {
    let own = owner
    return try readers.read { session throws(SQLiteError) in
      try session.runsHeld(byOthersThan: own)
    }
  }

  package func connection(_ name: String) async throws(StoreFailure) -> StoredConnection? {
    try readers.read { session throws(SQLiteError) in try session.connection(name) }
  }

  package func token(_ key: String) async throws(StoreFailure) -> StoredToken? {
    try readers.read { session throws(SQLiteError) in try session.token(key) }
  }

  package func connections() async throws(StoreFailure) -> [StoredConnection] {
    try readers.read { session throws(SQLiteError) in try session.connections() }
  }
}
