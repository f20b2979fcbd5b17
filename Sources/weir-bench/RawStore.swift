import CSQLite
import Foundation
import Synchronization

/// The least that makes rows durable: one thread, one transaction for all rows that wait.
final class RawStore: @unchecked Sendable {
  // Unchecked: `database` and `insert` belong to the writer's thread; the rest is locked.
  private let database: OpaquePointer?
  private let insert: OpaquePointer?
  private let condition = NSCondition()
  private var waiting: [(run: Int, step: Int, data: [UInt8])] = []
  private var isClosed = false
  private let committed: @Sendable ([(run: Int, step: Int)]) -> Void

  /// `committed` hears of durable rows on the writer's thread.
  init(path: String, committed: @escaping @Sendable ([(run: Int, step: Int)]) -> Void) {
    var database: OpaquePointer?
    sqlite3_open(path, &database)
    for sql in [
      "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
      "CREATE TABLE events (run INTEGER, sequence INTEGER, data BLOB, PRIMARY KEY (run, sequence)) WITHOUT ROWID",
    ] {
      sqlite3_exec(database, sql, nil, nil, nil)
    }
    var insert: OpaquePointer?
    sqlite3_prepare_v2(database, "INSERT INTO events VALUES (?, ?, ?)", -1, &insert, nil)
    self.database = database
    self.insert = insert
    self.committed = committed
    Thread { self.work() }.start()
  }

  func append(run: Int, step: Int, data: [UInt8]) {
    condition.lock()
    waiting.append((run, step, data))
    condition.signal()
    condition.unlock()
  }

  func close() {
    condition.lock()
    isClosed = true
    condition.signal()
    condition.unlock()
  }

  private func work() {
    while let batch = next() {
      sqlite3_exec(database, "BEGIN", nil, nil, nil)
      for row in batch {
        sqlite3_bind_int64(insert, 1, Int64(row.run))
        sqlite3_bind_int64(insert, 2, Int64(row.step))
        _ = row.data.withUnsafeBytes {
          csqlite_bind_blob(insert, 3, $0.baseAddress, sqlite3_uint64($0.count))
        }
        sqlite3_step(insert)
        sqlite3_reset(insert)
      }
      sqlite3_exec(database, "COMMIT", nil, nil, nil)
      committed(batch.map { ($0.run, $0.step) })
    }
    sqlite3_finalize(insert)
    sqlite3_close(database)
  }

  private func next() -> [(run: Int, step: Int, data: [UInt8])]? {
    condition.lock()
    defer { condition.unlock() }
    while waiting.isEmpty, !isClosed { condition.wait() }
    guard !waiting.isEmpty else { return nil }
    defer { waiting.removeAll(keepingCapacity: true) }
    return waiting
  }
}
