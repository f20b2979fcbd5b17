/// What writes the replays that are intended.
final class ReplayStatements {
  let saveBulk: Statement
  let intend: Statement
  let find: Statement
  let forget: Statement
  /// Forgets a bulk whose last replay has gone.
  let endBulk: Statement

  private static let key = "(SELECT key FROM bulks WHERE name = ?)"

  init(on connection: borrowing Connection) throws(SQLiteError) {
    saveBulk = try Statement(
      "INSERT INTO bulks (name, sealed_order, sealed_run) VALUES (?, ?, ?)",
      on: connection
    )
    intend = try Statement(
      "INSERT INTO replays (bulk, run, place) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      on: connection
    )
    find = try Statement(Self.find, on: connection)
    forget = try Statement(
      "DELETE FROM replays WHERE bulk = \(Self.key) AND run = ?",
      on: connection
    )
    endBulk = try Statement(
      """
      DELETE FROM bulks
      WHERE name = ? AND NOT EXISTS (SELECT 1 FROM replays WHERE bulk = bulks.key)
      """,
      on: connection
    )
  }

  static let find = "SELECT 1 FROM replays WHERE bulk = \(key) AND run = ?"
}
