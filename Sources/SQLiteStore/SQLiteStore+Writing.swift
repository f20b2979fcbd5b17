package import Engine
package import Seams
package import Timekeeping

extension SQLiteStore {
  package func append(_ append: JournalAppend) async throws(StoreFailure) {
    try await writer.write { session throws(SQLiteError) in try session.append(append) }
  }

  package func deleteRun(_ id: RunID) async throws(StoreFailure) -> Bool {
    try await writer.write { session throws(SQLiteError) in .success(try session.deleteRun(id)) }
  }

  package func claim(_ run: RunID, from previous: OwnerID?, by owner: OwnerID)
    async throws(StoreFailure) -> Bool
  {
    try await writer.write { session throws(SQLiteError) in
      .success(try session.claim(run, from: previous, by: owner))
    }
  }

  package func takeCall(through gate: String, limit: CallLimit, now: Timestamp)
    async throws(StoreFailure) -> CallPermit
  {
    let window = ThrottleWindow(calls: limit.calls, renewalPeriod: limit.renewalPeriod)
    return try await writer.write { session throws(SQLiteError) in
      .success(try session.takeCall(through: gate, window: window, now: now))
    }
  }

  package func settleCall(_ call: Int64, at time: Timestamp) async throws(StoreFailure) {
    try await writer.write { session throws(SQLiteError) in
      .success(try session.settleCall(call, at: time))
    }
  }

  package func saveConnection(_ connection: StoredConnection) async throws(StoreFailure) {
    try await writer.write { session throws(SQLiteError) in .success(try session.save(connection)) }
  }

  package func saveConnection(_ connection: StoredConnection, token: StoredToken, fence: Int64)
    async throws(StoreFailure) -> Bool
  {
    try await writer.write { session throws(SQLiteError) in
      guard try session.save(token, fence: fence) else { return .success(false) }
      try session.save(connection)
      return .success(true)
    }
  }

  package func deleteConnection(_ name: String) async throws(StoreFailure) -> Bool {
    try await writer.write { session throws(SQLiteError) in
      .success(try session.deleteConnection(name))
    }
  }

  package func leaseToken(_ key: String, takingOver lost: Int64?)
    async throws(StoreFailure) -> TokenLease
  {
    let owner = owner
    return try await writer.write { session throws(SQLiteError) in
      .success(try session.leaseToken(key, to: owner, takingOver: lost))
    }
  }

  package func saveToken(_ token: StoredToken, fence: Int64) async throws(StoreFailure) -> Bool {
    try await writer.write { session throws(SQLiteError) in
      .success(try session.save(token, fence: fence))
    }
  }

  package func endTokenLease(_ key: String, fence: Int64) async throws(StoreFailure) {
    try await writer.write { session throws(SQLiteError) in
      .success(try session.endTokenLease(key, fence: fence))
    }
  }

  package func deleteToken(_ key: String) async throws(StoreFailure) {
    try await writer.write { session throws(SQLiteError) in
      .success(try session.deleteToken(key))
    }
  }
}
