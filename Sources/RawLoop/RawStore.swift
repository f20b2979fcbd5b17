import CSQLite
import Glibc

/// The least that makes rows durable: one thread, one transaction for all rows that wait.
package final class RawStore: @unchecked Sendable {
  // Unchecked: `database` and `insert` belong to the writer's thread; the lock guards the rest.

  package struct Row: Sendable {
    package var run: Int
    package var step: Int
    package var data: [UInt8]

    package init(run: Int, step: Int, data: [UInt8]) {
      self.run = run
      self.step = step
      self.data = data
    }
  }

  private let database: OpaquePointer?
  private let insert: OpaquePointer?
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let news = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var waiting: [Row] = []
  private var isClosed = false
  private let committed: @Sendable ([Row]) -> Void

  /// `committed` hears of durable rows on the writer's thread.
  package init(path: String, committed: @escaping @Sendable ([Row]) -> Void) {
    var database: OpaquePointer?
    sqlite3_open(path, &database)
    for sql in [
      "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
      "CREATE TABLE events (run INTEGER, sequence INTEGER, data BLOB)",
    ] {
      sqlite3_exec(database, sql, nil, nil, nil)
    }
    var insert: OpaquePointer?
    sqlite3_prepare_v2(database, "INSERT INTO events VALUES (?, ?, ?)", -1, &insert, nil)
    self.database = database
    self.insert = insert
    self.committed = committed
    pthread_mutex_init(lock, nil)
    pthread_cond_init(news, nil)
    RawThread.start { self.work() }
  }

  package func append(_ row: Row) {
    pthread_mutex_lock(lock)
    waiting.append(row)
    pthread_cond_signal(news)
    pthread_mutex_unlock(lock)
  }

  package func close() {
    pthread_mutex_lock(lock)
    isClosed = true
    pthread_cond_signal(news)
    pthread_mutex_unlock(lock)
  }

  private func work() {
    while let batch = next() {
      sqlite3_exec(database, "BEGIN", nil, nil, nil)
      for row in batch { write(row) }
      sqlite3_exec(database, "COMMIT", nil, nil, nil)
      committed(batch)
    }
    sqlite3_finalize(insert)
    sqlite3_close(database)
  }

  private func write(_ row: Row) {
    sqlite3_bind_int64(insert, 1, Int64(row.run))
    sqlite3_bind_int64(insert, 2, Int64(row.step))
    _ = row.data.withUnsafeBytes {
      csqlite_bind_blob(insert, 3, $0.baseAddress, sqlite3_uint64($0.count))
    }
    sqlite3_step(insert)
    sqlite3_reset(insert)
  }

  private func next() -> [Row]? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while waiting.isEmpty, !isClosed { pthread_cond_wait(news, lock) }
    guard !waiting.isEmpty else { return nil }
    defer { waiting = [] }
    return waiting
  }
}
