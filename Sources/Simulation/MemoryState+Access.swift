import Seams
import Timekeeping

extension MemoryState {
  /// See `AccessStore.createAccessToken`.
  mutating func create(_ token: AccessToken) throws(StoreFailure) {
    guard accessTokens[token.name] == nil else { throw .tokenExists(token.name) }
    accessTokens[token.name] = token
  }

  /// See `AccessStore.saveCallbackKeys`.
  mutating func saveCallbackKeys(_ sealed: [UInt8], of flow: String, replacing old: [UInt8]?)
    -> [UInt8]
  {
    if let current = callbackKeys[flow], current != old { return current }
    callbackKeys[flow] = sealed
    return sealed
  }

  /// See `AccessStore.audit`.
  func audit(since time: Timestamp?, limit: Int) -> [AuditEntry] {
    let numbered = audit.enumerated().filter { _, entry in time.map { entry.time >= $0 } ?? true }
    let newestFirst = numbered.sorted {
      ($0.element.time, $0.offset) > ($1.element.time, $1.offset)
    }
    return newestFirst.prefix(max(0, limit)).map(\.element)
  }
}
