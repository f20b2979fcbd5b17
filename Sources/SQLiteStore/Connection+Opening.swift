import CSQLite

extension Connection {
  /// Opens a database, which no other thread may use until it is handed over.
  static func open(_ path: String, _ settings: StoreSettings) throws(SQLiteError) -> Connection {
    let connection = try Connection(path: path, fileSystem: settings.fileSystem)
    connection.setBusyTimeout(settings.busyTimeout)
    return connection
  }

  /// Brings a database of ours to the current version and prepares it for writing.
  func prepareForWriting(_ settings: StoreSettings) throws(SQLiteError) {
    try useWriteAheadLog()
    try execute(
      """
      PRAGMA synchronous = \(settings.synchronous.rawValue);
      PRAGMA wal_autocheckpoint = \(settings.checkpointPages);
      PRAGMA journal_size_limit = 67108864;
      PRAGMA cache_size = -65536;
      """
    )
    if let limit = settings.pageLimit { try execute("PRAGMA max_page_count = \(limit)") }
    try Schema.migrate(self)
  }

  // On a file system without shared memory SQLite stays in another mode and reports no error.
  private func useWriteAheadLog() throws(SQLiteError) {
    let sql = "PRAGMA journal_mode = WAL"
    let mode = try Statement(sql, on: self).first([]) { $0.text(0) }
    guard mode == "wal" else { throw SQLiteError(code: SQLITE_IOERR, sql: sql) }
  }

  /// Prepares a database of ours for reading only.
  func prepareForReading() throws(SQLiteError) {
    try execute("PRAGMA query_only = ON; PRAGMA cache_size = -16384;")
  }
}
