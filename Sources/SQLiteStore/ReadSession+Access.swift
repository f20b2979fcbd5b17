import Seams
import Timekeeping

extension ReadSession {
  private static let everyToken = "SELECT name, hash, role, created, expires FROM access_tokens"

  /// See `AccessStore.accessToken`.
  func accessToken(hash: [UInt8]) throws(SQLiteError) -> AccessToken? {
    let statement = try Statement("\(Self.everyToken) WHERE hash = ?", on: connection)
    return try statement.first([.blob(hash)], read: Self.accessToken)
  }

  /// See `AccessStore.accessTokens`.
  func accessTokens() throws(SQLiteError) -> [AccessToken] {
    let statement = try Statement("\(Self.everyToken) ORDER BY name", on: connection)
    return try statement.all([], read: Self.accessToken)
  }

  /// See `AccessStore.callbackKeys`.
  func callbackKeys(of flow: String) throws(SQLiteError) -> [UInt8]? {
    let statement = try Statement(
      "SELECT sealed FROM callback_keys WHERE flow = ?",
      on: connection
    )
    return try statement.first([.text(flow)]) { $0.bytes(0) }
  }

  /// See `AccessStore.audit`.
  func audit(since time: Timestamp?, limit: Int) throws(SQLiteError) -> [AuditEntry] {
    let statement = try Statement(
      """
      SELECT time, actor, action, subject, detail FROM audit
      WHERE time >= ? ORDER BY time DESC, key DESC LIMIT ?
      """,
      on: connection
    )
    let earliest = time.map { SQLValue.time($0) } ?? .integer(.min)
    return try statement.all([earliest, .count(max(0, limit))]) { row in
      AuditEntry(
        time: row.time(0),
        actor: row.text(1),
        action: row.text(2),
        subject: row.text(3),
        detail: row.optionalText(4)
      )
    }
  }

  private static func accessToken(_ row: Row) -> AccessToken {
    AccessToken(
      name: row.text(0),
      hash: row.bytes(1),
      role: row.text(2),
      created: row.time(3),
      expires: row.optionalTime(4)
    )
  }
}
