import Seams
import Timekeeping

extension ReadSession {
  /// See `TriggerStore.flows`.
  func flows() throws(SQLiteError) -> [StoredFlow] {
    let statement = try Statement(
      """
      SELECT name, (SELECT hash FROM plans WHERE plans.key = plan), enabled, changed
      FROM flows ORDER BY name
      """,
      on: connection
    )
    return try statement.all([]) { row in
      StoredFlow(
        name: row.text(0),
        planHash: row.text(1),
        isEnabled: row.flag(2),
        changed: row.time(3)
      )
    }
  }

  private static let everyTrigger =
    "SELECT flow, name, fingerprint, enabled, paused, due, last, sealed FROM triggers"

  /// See `TriggerStore.triggers`.
  func triggers() throws(SQLiteError) -> [StoredTrigger] {
    let statement = try Statement("\(Self.everyTrigger) ORDER BY flow, name", on: connection)
    return try statement.all([], read: Self.storedTrigger)
  }

  /// See `TriggerStore.trigger`.
  func trigger(_ trigger: String, of flow: String) throws(SQLiteError) -> StoredTrigger? {
    let statement = try Statement(
      "\(Self.everyTrigger) WHERE flow = ? AND name = ?",
      on: connection
    )
    return try statement.first([.text(flow), .text(trigger)], read: Self.storedTrigger)
  }

  private static func storedTrigger(_ row: Row) -> StoredTrigger {
    StoredTrigger(
      flow: row.text(0),
      trigger: row.text(1),
      fingerprint: row.text(2),
      enabled: row.time(3),
      isPaused: row.flag(4),
      due: row.optionalTime(5),
      last: row.optionalTime(6),
      sealed: row.optionalBytes(7)
    )
  }

  // MARK: History

  /// See `TriggerStore.fires`.
  func fires(matching query: FireQuery) throws(SQLiteError) -> [TriggerFire] {
    let selection = FireSelection(query)
    let statement = try Statement(selection.sql, on: connection)
    return try statement.all(selection.values, read: FireSelection.fire)
  }

  /// See `TriggerStore.waitingFires`.
  func waitingFires(of flow: String?, trigger: String?, limit: Int) throws(SQLiteError)
    -> [TriggerFire]
  {
    let (sql, values) = Self.waiting(of: flow, trigger: trigger, limit: limit)
    let statement = try Statement(sql, on: connection)
    return try statement.all(values, read: FireSelection.fire)
  }

  static func waiting(of flow: String?, trigger: String?, limit: Int) -> (String, [SQLValue]) {
    // Left alone, the planner prefers another index and sorts.
    let index = flow == nil ? "" : trigger == nil ? "_by_flow" : "_by_trigger"
    let named = [("flow", flow), ("trigger", trigger)].filter { $0.1 != nil }
    let filter = named.map { "\($0.0) = ? AND " }.joined()
    let sql = """
      \(FireSelection.all) INDEXED BY fires_waiting\(index)
      WHERE \(filter)status = 'Waiting' ORDER BY key LIMIT ?
      """
    return (sql, named.map { .text($0.1) } + [.count(max(0, limit))])
  }

  /// See `TriggerStore.waitingTriggers`.
  func waitingTriggers() throws(SQLiteError) -> [(flow: String, trigger: String)] {
    let statement = try Statement(
      """
      SELECT DISTINCT flow, trigger FROM fires INDEXED BY fires_waiting_by_trigger
      WHERE status = 'Waiting' ORDER BY flow, trigger
      """,
      on: connection
    )
    return try statement.all([]) { ($0.text(0), $0.text(1)) }
  }

  // MARK: Batches

  /// See `TriggerStore.messages`.
  func messages(of trigger: String, of flow: String, limit: Int) throws(SQLiteError)
    -> [BatchMessage]
  {
    let statement = try Statement(Self.oldestMessages, on: connection)
    let values: [SQLValue] = [.text(flow), .text(trigger), .count(limit)]
    return try statement.all(values) { row in
      BatchMessage(
        key: row.integer(0),
        flow: row.text(1),
        trigger: row.text(2),
        batch: row.text(3),
        partition: row.text(4),
        id: row.text(5),
        arrived: row.time(6),
        sealed: row.bytes(7)
      )
    }
  }

  // Counts along the index first, so that the content of other messages is not read.
  static let oldestMessages = """
    SELECT key, flow, trigger, batch, partition, id, arrived, sealed FROM messages WHERE key IN (
      SELECT key FROM (
        SELECT key, row_number() OVER (PARTITION BY batch, partition ORDER BY key) AS place
        FROM messages WHERE flow = ? AND trigger = ?
      ) WHERE place <= ?
    ) ORDER BY key
    """
}
