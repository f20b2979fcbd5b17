package import Seams
package import Timekeeping

extension SQLiteStore {
  package func createAccessToken(_ token: AccessToken) async throws(StoreFailure) {
    try await writer.write { session throws(SQLiteError) in try session.create(token) }
  }

  package func accessToken(hash: [UInt8]) async throws(StoreFailure) -> AccessToken? {
    try readers.read { session throws(SQLiteError) in try session.accessToken(hash: hash) }
  }

  package func accessTokens() async throws(StoreFailure) -> [AccessToken] {
    try readers.read { session throws(SQLiteError) in try session.accessTokens() }
  }

  package func deleteAccessToken(_ name: String) async throws(StoreFailure) -> Bool {
    try await writer.write { session throws(SQLiteError) in
      .success(try session.deleteAccessToken(name))
    }
  }

  package func callbackKeys(of flow: String) async throws(StoreFailure) -> [UInt8]? {
    try readers.read { session throws(SQLiteError) in try session.callbackKeys(of: flow) }
  }

  package func saveCallbackKeys(_ sealed: [UInt8], of flow: String, replacing old: [UInt8]?)
    async throws(StoreFailure) -> [UInt8]
  {
    try await writer.write { session throws(SQLiteError) in
      .success(try session.saveCallbackKeys(sealed, of: flow, replacing: old))
    }
  }

  package func recordAudit(_ entry: AuditEntry) async throws(StoreFailure) {
    try await writer.write { session throws(SQLiteError) in .success(try session.record(entry)) }
  }

  package func audit(since time: Timestamp?, limit: Int) async throws(StoreFailure) -> [AuditEntry]
  {
    try readers.read { session throws(SQLiteError) in try session.audit(since: time, limit: limit) }
  }
}
