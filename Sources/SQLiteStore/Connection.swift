import CSQLite

/// One open database handle, closed once.
///
/// Used by one thread at a time; its owner sees to that.
struct Connection: ~Copyable {
  let handle: OpaquePointer

  /// Opens a file that exists.
  ///
  /// - Throws: `SQLiteError` with the code of `sqlite3_open_v2`.
  init(path: String, fileSystem: String? = nil) throws(SQLiteError) {
    var handle: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = sqlite3_open_v2(path, &handle, flags, fileSystem)
    guard code == SQLITE_OK, let handle else {
      sqlite3_close_v2(handle)
      throw SQLiteError(code: code, sql: "open")
    }
    self.handle = handle
  }

  // Statements may be finalised after the connection: this form of closing waits for them.
  deinit { sqlite3_close_v2(handle) }

  /// Runs statements that return nothing of interest.
  func execute(_ sql: String) throws(SQLiteError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw SQLiteError(code: code, sql: sql) }
  }

  /// The first column of the first row.
  func integer(_ sql: String) throws(SQLiteError) -> Int64? {
    let statement = try Statement(sql, on: self)
    return try statement.first([]) { $0.integer(0) }
  }

  /// How long a statement waits for the lock of another process.
  func setBusyTimeout(_ timeout: Duration) {
    sqlite3_busy_timeout(handle, Int32(clamping: timeout.components.seconds * 1000))
  }

  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  var lastInsertedKey: Int64 { sqlite3_last_insert_rowid(handle) }

  /// How many rows the last statement changed.
  var changeCount: Int { Int(sqlite3_changes(handle)) }
}
