package import Timekeeping

/// What a connection holds between requests for tokens, sealed.
package struct StoredToken: Hashable, Sendable {
  /// Such as `connection/acs`.
  package var key: String
  /// Sealed by the vault for `token/<key>`.
  package var sealed: [UInt8]
  package var updated: Timestamp

  package init(key: String, sealed: [UInt8], updated: Timestamp) {
    self.key = key
    self.sealed = sealed
    self.updated = updated
  }
}

/// The answer to who may renew a token.
package enum TokenLease: Hashable, Sendable {
  /// The asking process may; what is stored now comes along.
  ///
  /// The fence grows with each lease, and only its holder can save.
  case granted(fence: Int64, StoredToken?)
  case held(by: OwnerID, fence: Int64)
}
