import Seams
import Timekeeping

extension MemoryState {
  /// See `Store.leaseToken`.
  mutating func leaseToken(_ key: String, to owner: OwnerID, takingOver lost: Int64?)
    -> TokenLease
  {
    var token = tokens[key] ?? Token()
    if let holder = token.holder, token.fence != lost {
      return .held(by: holder, fence: token.fence)
    }
    token.fence += 1
    token.holder = owner
    tokens[key] = token
    return .granted(fence: token.fence, token.stored)
  }

  /// See `Store.saveToken`.
  mutating func saveToken(_ token: StoredToken, fence: Int64) -> Bool {
    guard tokens[token.key]?.fence == fence else { return false }
    tokens[token.key]?.stored = token
    tokens[token.key]?.holder = nil
    return true
  }

  /// See `Store.endTokenLease`.
  mutating func endTokenLease(_ key: String, fence: Int64) {
    if tokens[key]?.fence == fence { tokens[key]?.holder = nil }
  }

  /// See `Store.deleteToken`.
  mutating func deleteToken(_ key: String) {
    guard let fence = tokens[key]?.fence else { return }
    tokens[key] = Token(fence: fence + 1)
  }
}
