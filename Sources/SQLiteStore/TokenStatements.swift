/// What writes tokens and the leases on their renewal.
final class TokenStatements {
  let lease: Statement
  let findLease: Statement
  let save: Statement
  let endLease: Statement
  let delete: Statement

  init(on connection: borrowing Connection) throws(SQLiteError) {
    lease = try Statement(
      """
      INSERT INTO tokens (key, fence, holder) VALUES (?1, 1, ?2)
      ON CONFLICT (key) DO UPDATE
      SET fence = fence + 1, holder = excluded.holder
      WHERE holder IS NULL OR fence = ?3
      RETURNING fence, sealed, updated
      """,
      on: connection
    )
    findLease = try Statement("SELECT holder, fence FROM tokens WHERE key = ?", on: connection)
    save = try Statement(
      """
      UPDATE tokens SET sealed = ?, updated = ?, holder = NULL WHERE key = ? AND fence = ?
      """,
      on: connection
    )
    endLease = try Statement(
      "UPDATE tokens SET holder = NULL WHERE key = ? AND fence = ?",
      on: connection
    )
    delete = try Statement(
      """
      UPDATE tokens SET sealed = NULL, updated = NULL, fence = fence + 1, holder = NULL
      WHERE key = ?
      """,
      on: connection
    )
  }
}
