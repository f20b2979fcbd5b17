import CSQLite

/// One prepared statement, finalised once.
struct Statement: ~Copyable {
  private let handle: OpaquePointer
  private let sql: String

  init(_ sql: String, on connection: borrowing Connection) throws(SQLiteError) {
    var handle: OpaquePointer?
    let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
    let code = sqlite3_prepare_v3(connection.handle, sql, -1, flags, &handle, nil)
    guard code == SQLITE_OK, let handle else { throw SQLiteError(code: code, sql: sql) }
    self.handle = handle
    self.sql = sql
  }

  deinit { sqlite3_finalize(handle) }

  /// Runs to the end without looking at rows.
  func run(_ values: SQLValue...) throws(SQLiteError) { try run(values) }

  /// Runs to the end without looking at rows.
  func run(_ values: [SQLValue]) throws(SQLiteError) {
    defer { clear() }
    try bind(values)
    while try step() {}
  }

  /// Runs to the end with a blob as the last value, which is not copied.
  func run(_ values: SQLValue..., lending blob: [UInt8]) throws(SQLiteError) {
    try bind(values)
    let code = blob.withUnsafeBytes { bytes in
      defer { clear() }
      let place = Int32(values.count + 1)
      let code = csqlite_lend_blob(handle, place, bytes.baseAddress, UInt64(bytes.count))
      return code == SQLITE_OK ? sqlite3_step(handle) : code
    }
    guard code == SQLITE_DONE else { throw SQLiteError(code: code, sql: sql) }
  }

  /// The first row, read by `read`; `nil` when there is none.
  func first<Value>(_ values: [SQLValue], read: (Row) -> Value) throws(SQLiteError) -> Value? {
    defer { clear() }
    try bind(values)
    return try step() ? read(Row(statement: handle)) : nil
  }

  /// All rows in order, each read by `read`.
  func all<Value>(_ values: [SQLValue], read: (Row) -> Value) throws(SQLiteError) -> [Value] {
    defer { clear() }
    try bind(values)
    var rows: [Value] = []
    while try step() { rows.append(read(Row(statement: handle))) }
    return rows
  }

  private func step() throws(SQLiteError) -> Bool {
    let code = sqlite3_step(handle)
    guard code == SQLITE_ROW || code == SQLITE_DONE else {
      throw SQLiteError(code: code, sql: sql)
    }
    return code == SQLITE_ROW
  }

  private func bind(_ values: [SQLValue]) throws(SQLiteError) {
    for (index, value) in values.enumerated() {
      let code = bind(value, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw SQLiteError(code: code, sql: sql) }
    }
  }

  private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(handle, index)
    case .integer(let number): return sqlite3_bind_int64(handle, index, number)
    case .text(var text):
      return text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          csqlite_bind_text(handle, index, $0.baseAddress, UInt64($0.count))
        }
      }
    case .blob(let bytes):
      return bytes.withUnsafeBytes {
        csqlite_bind_blob(handle, index, $0.baseAddress, UInt64($0.count))
      }
    }
  }

  // A reset repeats the error of the last step, which was thrown already; bound values are
  // dropped so that an idle statement keeps no payload.
  private func clear() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }
}
