/// What writes served flows, their triggers, the history of these and what they gather.
final class TriggerStatements {
  let saveFlow: Statement
  let deleteFlow: Statement
  let saveTrigger: Statement
  let advanceTrigger: Statement
  let listTriggers: Statement
  let deleteTrigger: Statement
  let findFire: Statement
  let saveFire: Statement
  /// Leaves an event alone that started a run.
  let startFire: Statement
  let forgetFire: Statement
  let deleteFires: Statement
  let addMessage: Statement
  let deleteMessage: Statement

  init(on connection: borrowing Connection) throws(SQLiteError) {
    saveFlow = try Statement(
      """
      INSERT INTO flows (name, plan, enabled, changed) VALUES (?, ?, ?, ?)
      ON CONFLICT (name) DO UPDATE
      SET plan = excluded.plan, enabled = excluded.enabled, changed = excluded.changed
      """,
      on: connection
    )
    deleteFlow = try Statement("DELETE FROM flows WHERE name = ?", on: connection)
    saveTrigger = try Statement(
      """
      INSERT INTO triggers (flow, name, fingerprint, enabled, paused, due, last, sealed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (flow, name) DO UPDATE
      SET fingerprint = excluded.fingerprint, enabled = excluded.enabled, paused = excluded.paused,
        due = excluded.due, last = excluded.last, sealed = excluded.sealed
      """,
      on: connection
    )
    advanceTrigger = try Statement(
      """
      UPDATE triggers SET due = ?, last = ?, sealed = ?
      WHERE flow = ? AND name = ? AND fingerprint = ?
      """,
      on: connection
    )
    listTriggers = try Statement("SELECT name FROM triggers WHERE flow = ?", on: connection)
    deleteTrigger = try Statement(
      "DELETE FROM triggers WHERE flow = ? AND name = ?",
      on: connection
    )
    findFire = try Statement(
      "SELECT run, status FROM fires WHERE flow = ? AND trigger = ? AND identity = ?",
      on: connection
    )
    saveFire = try Statement(Self.writeFire, on: connection)
    startFire = try Statement(Self.writeFire + " WHERE run IS NULL", on: connection)
    forgetFire = try Statement(
      "DELETE FROM fires WHERE flow = ? AND trigger = ? AND identity = ?",
      on: connection
    )
    deleteFires = try Statement(
      """
      DELETE FROM fires WHERE key IN (
        SELECT key FROM fires WHERE status = ? AND intended < ? LIMIT ?
      )
      """,
      on: connection
    )
    addMessage = try Statement(
      """
      INSERT INTO messages (flow, trigger, batch, partition, id, arrived, sealed)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """,
      on: connection
    )
    deleteMessage = try Statement("DELETE FROM messages WHERE key = ?", on: connection)
  }

  private static let writeFire = """
    INSERT INTO fires (flow, trigger, identity, status, intended, actual, run, code, error, payload)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (flow, trigger, identity) DO UPDATE
    SET status = excluded.status, intended = excluded.intended, actual = excluded.actual,
      run = excluded.run, code = excluded.code, error = excluded.error,
      payload = excluded.payload
    """
}
