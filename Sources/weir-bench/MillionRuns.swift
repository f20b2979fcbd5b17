import CSQLite
import Engine
import Foundation
import OrderedJSON
import Runtime

/// A project whose store holds a million runs: copies of one that the engine made, with its journal.
struct MillionRuns {
  static let count = 1_000_000

  let project: BenchProject
  private var database: String { project.path + "/.weir/weir.db" }

  /// Of the runs that end, one in ten failed.
  init(waiting: Bool) async throws {
    project = try BenchProject()
    try FileManager.default.createDirectory(
      atPath: project.path + "/.weir",
      withIntermediateDirectories: true
    )
    _ = try await start(waiting ? "2040-01-01T00:00:00Z" : nil)
    try copy(waiting: waiting)
  }

  /// Makes a run that waits until a time, or ends at once.
  func start(_ until: String?) async throws -> RunID {
    let weir = try WeirLoop(
      folder: project.path + "/.weir",
      connectionString: "",
      flow: try SampleFiles.flow(until == nil ? Self.short : Self.waiting, "million")
    )
    let body: JSON = until.map { ["until": .string($0)] } ?? [:]
    let trigger = TriggerEvent(name: "manual", type: "Request", outputs: ["body": body])
    let driver = try await weir.worker.start(weir.flow, trigger: trigger)
    if until == nil { _ = try await driver.end() }
    await weir.close()
    return driver.run
  }

  /// Leaves all that wait to whoever wakes them.
  func release() throws {
    try onDatabase { try $0("UPDATE runs SET owner = NULL WHERE owner IS NOT NULL") }
  }

  private func copy(waiting: Bool) throws {
    let status = waiting ? "status" : "CASE n % 10 WHEN 0 THEN 'Failed' ELSE status END"
    try onDatabase { run in
      try run("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; BEGIN")
      try run(
        """
        UPDATE runs SET owner = NULL;
        WITH RECURSIVE numbers (n) AS
          (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(Self.count))
        INSERT INTO runs (id, flow, plan, status, code, error, started, ended, trigger_name,
          trigger_type, wakeup)
        SELECT printf('%015dCOPY%08d', n, n), flow, plan, \(status), code, error,
          started - n * 1000, ended, trigger_name, trigger_type, wakeup
        FROM runs, numbers;
        INSERT INTO events (run, sequence, kind, time, sealed, data)
        SELECT copy.key, sequence, kind, time, sealed, data
        FROM runs AS copy CROSS JOIN events ON events.run = 1 WHERE copy.key > 1;
        """
      )
      try run("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  private func onDatabase(_ body: ((String) throws -> Void) throws -> Void) throws {
    var connection: OpaquePointer?
    sqlite3_open(database, &connection)
    defer { sqlite3_close(connection) }
    try body { sql in
      guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else {
        throw BenchFailure(String(cString: sqlite3_errmsg(connection)))
      }
    }
  }

  /// When the first step of a run ended, in ticks; `nil` while it waits.
  func endOfWait(_ id: RunID) throws -> Int64? {
    var connection: OpaquePointer?
    var statement: OpaquePointer?
    sqlite3_open(database, &connection)
    defer {
      sqlite3_finalize(statement)
      sqlite3_close(connection)
    }
    let sql = """
      SELECT time FROM events JOIN runs ON run = runs.key
      WHERE id = '\(id.text)' AND kind = 'runEnded'
      """
    sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
    return sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : nil
  }

  private static let waiting = """
    {"triggers": {"manual": {"type": "Request"}}, "actions": {"Rest": {"type": "Wait",
    "inputs": {"until": {"timestamp": "@triggerBody()?['until']"}}}}}
    """
  private static let short = """
    {"triggers": {"manual": {"type": "Request"}}, "actions": {"Answer": {"type": "Compose",
    "inputs": 42}}}
    """
}
