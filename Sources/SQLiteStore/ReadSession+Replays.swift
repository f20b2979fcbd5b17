import Engine
import Seams

extension ReadSession {
  /// See `ReplayStore.bulk`.
  func bulk(_ name: String) throws(SQLiteError) -> StoredBulk? {
    let statement = try Statement(
      "SELECT name, sealed_order, sealed_run FROM bulks WHERE name = ?",
      on: connection
    )
    return try statement.first([.text(name)]) { row in
      StoredBulk(
        name: row.text(0),
        sealedOrder: row.bytes(1),
        sealedRun: row.optionalText(2).map { RunID($0) }
      )
    }
  }

  /// See `ReplayStore.unfinishedBulks`.
  func unfinishedBulks() throws(SQLiteError) -> [(bulk: String, count: Int)] {
    let statement = try Statement(
      """
      SELECT name, (SELECT count(*) FROM replays WHERE bulk = bulks.key) FROM bulks ORDER BY key
      """,
      on: connection
    )
    return try statement.all([]) { ($0.text(0), Int($0.integer(1))) }
  }

  /// See `ReplayStore.intendedReplays`.
  func intendedReplays(of bulk: String) throws(SQLiteError) -> [RunID] {
    let statement = try Statement(
      """
      SELECT run FROM replays WHERE bulk = (SELECT key FROM bulks WHERE name = ?) ORDER BY place
      """,
      on: connection
    )
    return try statement.all([.text(bulk)]) { RunID($0.text(0)) }
  }

  /// See `ReplayStore.isIntended`.
  func isIntended(_ replay: IntendedReplay) throws(SQLiteError) -> Bool {
    let statement = try Statement(ReplayStatements.find, on: connection)
    return try statement.first([.text(replay.bulk), .text(replay.run.text)]) { _ in true } ?? false
  }
}
