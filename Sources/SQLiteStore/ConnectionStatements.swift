/// What writes connection records.
final class ConnectionStatements {
  let save: Statement
  let delete: Statement

  init(on connection: borrowing Connection) throws(SQLiteError) {
    save = try Statement(
      """
      INSERT INTO connections (name, connector, sealed, updated) VALUES (?, ?, ?, ?)
      ON CONFLICT (name) DO UPDATE
      SET connector = excluded.connector, sealed = excluded.sealed, updated = excluded.updated
      """,
      on: connection
    )
    delete = try Statement("DELETE FROM connections WHERE name = ?", on: connection)
  }
}
