import Seams
import Timekeeping

extension WriteSession {
  /// See `Store.leaseToken`.
  func leaseToken(_ key: String, to owner: OwnerID, takingOver lost: Int64?)
    throws(SQLiteError) -> TokenLease
  {
    let values: [SQLValue] = [.text(key), .text(owner.text), .integer(lost)]
    let granted = try tokens.lease.first(values) { row in
      let updated = row.optionalTime(2)
      let stored = updated.map { StoredToken(key: key, sealed: row.bytes(1), updated: $0) }
      return TokenLease.granted(fence: row.integer(0), stored)
    }
    if let granted { return granted }
    let held = try tokens.findLease.first([.text(key)]) { row in
      TokenLease.held(by: OwnerID(row.text(0)), fence: row.integer(1))
    }
    return held ?? .held(by: owner, fence: 0)
  }

  /// See `Store.saveToken`.
  func save(_ token: StoredToken, fence: Int64) throws(SQLiteError) -> Bool {
    try tokens.save.run(
      .blob(token.sealed),
      .time(token.updated),
      .text(token.key),
      .integer(fence)
    )
    return connection.changeCount > 0
  }

  /// See `Store.endTokenLease`.
  func endTokenLease(_ key: String, fence: Int64) throws(SQLiteError) {
    try tokens.endLease.run(.text(key), .integer(fence))
  }

  /// See `Store.deleteToken`.
  func deleteToken(_ key: String) throws(SQLiteError) { try tokens.delete.run(.text(key)) }
}
