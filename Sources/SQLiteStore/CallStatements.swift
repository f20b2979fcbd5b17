/// What writes throttle windows.
final class CallStatements {
  let findGate: Statement
  let insertGate: Statement
  /// The start of the n-th newest call that is still in the window.
  let findStart: Statement
  /// Lets calls that count from later count from a time.
  let setBack: Statement
  let deleteDeparted: Statement
  let insert: Statement
  let settle: Statement

  init(on connection: borrowing Connection) throws(SQLiteError) {
    findGate = try Statement("SELECT key FROM gates WHERE name = ?", on: connection)
    insertGate = try Statement("INSERT INTO gates (name) VALUES (?)", on: connection)
    findStart = try Statement(
      "SELECT start FROM calls WHERE gate = ? AND start > ? ORDER BY start DESC LIMIT 1 OFFSET ?",
      on: connection
    )
    setBack = try Statement(
      "UPDATE calls SET start = ? WHERE gate = ? AND start > ?",
      on: connection
    )
    deleteDeparted = try Statement(
      "DELETE FROM calls WHERE gate = ? AND start <= ? AND (settled OR start <= ?)",
      on: connection
    )
    insert = try Statement(
      "INSERT INTO calls (gate, start, settled) VALUES (?, ?, 0)",
      on: connection
    )
    settle = try Statement("UPDATE calls SET start = ?, settled = 1 WHERE key = ?", on: connection)
  }
}
