import CSQLite
import Foundation
import Testing

/// A database file as tests read and change it, beside the program.
struct SQLiteFile {
  private let path: String

  init(_ url: URL) { path = url.path }

  func execute(_ sql: String) throws {
    try open { database in
      try #require(sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK, "\(sql)")
    }
  }

  /// The first column of all rows.
  func texts(_ sql: String) throws -> [String] {
    try open { database in
      var statement: OpaquePointer?
      defer { sqlite3_finalize(statement) }
      try #require(sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK, "\(sql)")
      var texts: [String] = []
      while sqlite3_step(statement) == SQLITE_ROW {
        texts.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "")
      }
      return texts
    }
  }

  private func open<Value>(_ body: (OpaquePointer?) throws -> Value) throws -> Value {
    var database: OpaquePointer?
    defer { sqlite3_close(database) }
    try #require(sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK)
    return try body(database)
  }
}
