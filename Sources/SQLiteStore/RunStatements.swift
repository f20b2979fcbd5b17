/// What writes runs and their journals.
final class RunStatements {
  let find: Statement
  let insert: Statement
  let update: Statement
  let setWakeup: Statement
  let insertEvent: Statement
  let findPlan: Statement
  let insertPlan: Statement
  let claim: Statement
  let delete: Statement
  let deleteEvents: Statement

  init(on connection: borrowing Connection) throws(SQLiteError) {
    find = try Statement(
      """
      SELECT key, owner, (SELECT max(sequence) FROM events WHERE run = key) FROM runs WHERE id = ?
      """,
      on: connection
    )
    insert = try Statement(
      """
      INSERT INTO runs (id, flow, plan, status, code, error, started, ended, trigger_name,
        trigger_type, parent_run, parent_mode, parent_action, owner)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO NOTHING
      """,
      on: connection
    )
    update = try Statement(
      "UPDATE runs SET status = ?, code = ?, error = ?, ended = ?, owner = ? WHERE key = ?",
      on: connection
    )
    setWakeup = try Statement("UPDATE runs SET wakeup = ? WHERE key = ?", on: connection)
    insertEvent = try Statement(
      "INSERT INTO events (run, sequence, kind, time, sealed, data) VALUES (?, ?, ?, ?, ?, ?)",
      on: connection
    )
    findPlan = try Statement("SELECT key FROM plans WHERE hash = ?", on: connection)
    insertPlan = try Statement(
      "INSERT INTO plans (hash, flow, document) VALUES (?, ?, ?)",
      on: connection
    )
    claim = try Statement(
      "UPDATE runs SET owner = ? WHERE id = ? AND owner IS ?",
      on: connection
    )
    delete = try Statement("DELETE FROM runs WHERE key = ?", on: connection)
    deleteEvents = try Statement("DELETE FROM events WHERE run = ?", on: connection)
  }
}
