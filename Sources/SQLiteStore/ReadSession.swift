import Engine
import Seams
import Timekeeping

/// A reading connection with its prepared statements.
///
/// Confined to the lock of `ReaderPool`.
final class ReadSession {
  let connection: Connection
  private let findJournal: Statement
  private let findRun: Statement
  private let findPlan: Statement
  private let findWakeups: Statement
  private let findConnection: Statement
  private let listConnections: Statement
  private let findToken: Statement

  init(connection: consuming Connection) throws(SQLiteError) {
    findJournal = try Statement(
      """
      SELECT kind, time, sealed, data FROM events
      WHERE run = (SELECT key FROM runs WHERE id = ?) AND sequence > ? ORDER BY sequence
      """,
      on: connection
    )
    findRun = try Statement("\(RunSelection.all) WHERE id = ?", on: connection)
    findPlan = try Statement(
      "SELECT hash, flow, document FROM plans WHERE hash = ?",
      on: connection
    )
    findWakeups = try Statement(
      """
      SELECT id, wakeup FROM runs WHERE wakeup <= ? AND owner IS NULL ORDER BY wakeup, key LIMIT ?
      """,
      on: connection
    )
    let columns = "SELECT name, connector, sealed, updated FROM connections"
    findConnection = try Statement("\(columns) WHERE name = ?", on: connection)
    listConnections = try Statement("\(columns) ORDER BY name", on: connection)
    findToken = try Statement(
      "SELECT key, sealed, updated FROM tokens WHERE key = ? AND sealed IS NOT NULL",
      on: connection
    )
    self.connection = connection
  }

  /// See `Store.journal`.
  func journal(of run: RunID, after version: Int) throws(SQLiteError) -> [JournalEntry] {
    try findJournal.all([.text(run.text), .count(max(0, version))]) { row in
      JournalEntry(
        kind: row.text(0),
        time: row.time(1),
        data: row.bytes(3),
        isSealed: row.flag(2)
      )
    }
  }

  /// See `Store.run`.
  func run(_ run: RunID) throws(SQLiteError) -> RunRecord? {
    try findRun.first([.text(run.text)], read: RunSelection.record)
  }

  /// See `Store.runs`.
  func runs(matching query: RunQuery) throws(SQLiteError) -> [RunRecord] {
    let selection = RunSelection(query)
    let statement = try Statement(selection.sql, on: connection)
    return try statement.all(selection.values, read: RunSelection.record)
  }

  /// See `Store.plan`.
  func plan(_ hash: String) throws(SQLiteError) -> StoredPlan? {
    try findPlan.first([.text(hash)]) { row in
      StoredPlan(hash: row.text(0), flow: row.text(1), document: row.bytes(2))
    }
  }

  /// See `Store.planHashes`.
  func planHashes(of flow: String) throws(SQLiteError) -> [String] {
    let statement = try Statement(
      "SELECT hash FROM plans WHERE flow = ? ORDER BY key DESC",
      on: connection
    )
    return try statement.all([.text(flow)]) { $0.text(0) }
  }

  /// See `Store.callCount`.
  func callCount(through gate: String, after time: Timestamp) throws(SQLiteError) -> Int {
    let statement = try Statement(
      """
      SELECT count(*) FROM calls
      WHERE gate = (SELECT key FROM gates WHERE name = ?) AND start > ?
      """,
      on: connection
    )
    return Int(try statement.first([.text(gate), .time(time)]) { $0.integer(0) } ?? 0)
  }

  /// See `Store.wakeups`.
  func wakeups(due time: Timestamp, limit: Int) throws(SQLiteError)
    -> [(run: RunID, due: Timestamp)]
  {
    try findWakeups.all([.time(time), .count(max(0, limit))]) { row in
      (RunID(row.text(0)), row.time(1))
    }
  }

  /// See `Store.runsHeldElsewhere`.
  func runsHeld(byOthersThan owner: OwnerID) throws(SQLiteError) -> [(run: RunID, owner: OwnerID)] {
    let statement = try Statement(Self.heldRuns, on: connection)
    let own = SQLValue.text(owner.text)
    return try statement.all([own, own]) { (RunID($0.text(0)), OwnerID($0.text(1))) }
  }

  // Two ranges of the index leave out what this process holds, which may be much.
  static let heldRuns = """
    SELECT id, owner FROM runs WHERE owner < ? UNION ALL SELECT id, owner FROM runs WHERE owner > ?
    """

  /// See `Store.connection`.
  func connection(_ name: String) throws(SQLiteError) -> StoredConnection? {
    try findConnection.first([.text(name)], read: Self.storedConnection)
  }

  /// See `Store.connections`.
  func connections() throws(SQLiteError) -> [StoredConnection] {
    try listConnections.all([], read: Self.storedConnection)
  }

  /// See `Store.token`.
  func token(_ key: String) throws(SQLiteError) -> StoredToken? {
    try findToken.first([.text(key)]) { row in
      StoredToken(key: row.text(0), sealed: row.bytes(1), updated: row.time(2))
    }
  }

  private static func storedConnection(_ row: Row) -> StoredConnection {
    StoredConnection(
      name: row.text(0),
      connector: row.text(1),
      sealed: row.bytes(2),
      updated: row.time(3)
    )
  }
}
