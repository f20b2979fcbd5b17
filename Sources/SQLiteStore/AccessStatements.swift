/// What writes tokens of access, keys of callback addresses and the audit.
final class AccessStatements {
  let findToken: Statement
  let createToken: Statement
  let deleteToken: Statement
  let findKeys: Statement
  let saveKeys: Statement
  let recordAudit: Statement

  init(on connection: borrowing Connection) throws(SQLiteError) {
    findToken = try Statement("SELECT 1 FROM access_tokens WHERE name = ?", on: connection)
    createToken = try Statement(
      "INSERT INTO access_tokens (name, hash, role, created, expires) VALUES (?, ?, ?, ?, ?)",
      on: connection
    )
    deleteToken = try Statement("DELETE FROM access_tokens WHERE name = ?", on: connection)
    findKeys = try Statement("SELECT sealed FROM callback_keys WHERE flow = ?", on: connection)
    saveKeys = try Statement(
      """
      INSERT INTO callback_keys (flow, sealed) VALUES (?, ?)
      ON CONFLICT (flow) DO UPDATE SET sealed = excluded.sealed
      """,
      on: connection
    )
    recordAudit = try Statement(
      "INSERT INTO audit (time, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
      on: connection
    )
  }
}
