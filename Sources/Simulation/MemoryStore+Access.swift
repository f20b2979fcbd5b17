package import Seams
package import Timekeeping

extension MemoryStore {
  package func createAccessToken(_ token: AccessToken) async throws(StoreFailure) {
    try await write { state throws(StoreFailure) in try state.create(token) }
  }

  package func accessToken(hash: [UInt8]) async throws(StoreFailure) -> AccessToken? {
    try await access { state in state.accessTokens.values.first { $0.hash == hash } }
  }

  package func accessTokens() async throws(StoreFailure) -> [AccessToken] {
    try await access { $0.accessTokens.values.sorted { $0.name < $1.name } }
  }

  package func deleteAccessToken(_ name: String) async throws(StoreFailure) -> Bool {
    try await write { $0.accessTokens.removeValue(forKey: name) != nil }
  }

  package func callbackKeys(of flow: String) async throws(StoreFailure) -> [UInt8]? {
    try await access { $0.callbackKeys[flow] }
  }

  package func saveCallbackKeys(_ sealed: [UInt8], of flow: String, replacing old: [UInt8]?)
    async throws(StoreFailure) -> [UInt8]
  {
    try await write { $0.saveCallbackKeys(sealed, of: flow, replacing: old) }
  }

  package func recordAudit(_ entry: AuditEntry) async throws(StoreFailure) {
    try await write { $0.audit.append(entry) }
  }

  package func audit(since time: Timestamp?, limit: Int) async throws(StoreFailure) -> [AuditEntry]
  {
    try await access { $0.audit(since: time, limit: limit) }
  }
}
