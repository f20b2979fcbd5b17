internal import CSQLite
internal import Glibc
internal import Synchronization

/// A database file that keeps bytes under names, for one process at a time.
package final class StateFile: Sendable {
  /// Why a file cannot be used, in words for people.
  package struct Failure: Error {
    package let reason: String
  }

  private struct Content: ~Copyable {
    let connection: Connection
    let saving: Statement
  }

  /// What the file held when it was opened.
  private let loaded: [String: [UInt8]]
  private let content: Mutex<Content>

  /// "weir" in ASCII: what tells our files apart from those of others.
  private static let applicationID = 0x7765_6972
  private static let version = 1
  /// What every database of SQLite begins with.
  private static let mark = Array("SQLite format 3".utf8) + [0]

  /// Opens a file, and makes it first when there is none.
  ///
  /// - Parameter path: Its folder must exist.
  /// - Throws: `Failure` when it cannot be opened, is another kind of file or in use.
  package init(path: String) throws(Failure) {
    do throws(SQLiteError) {
      let connection = try Self.open(path)
      try Self.claim(connection)
      loaded = try Self.read(connection)
      let saving = try Statement(
        "INSERT INTO state (name, content) VALUES (?, ?) "
          + "ON CONFLICT (name) DO UPDATE SET content = excluded.content",
        on: connection
      )
      content = Mutex(Content(connection: connection, saving: saving))
    } catch {
      throw Failure(reason: Self.reason(error))
    }
  }

  /// What was saved under a name before the file was opened.
  package func load(_ name: String) -> [UInt8]? { loaded[name] }

  /// Saves all of it or nothing.
  package func save(_ changes: [(name: String, content: [UInt8])]) throws(Failure) {
    do throws(SQLiteError) {
      try content.withLock { (content: inout Content) throws(SQLiteError) in
        try content.connection.execute("BEGIN IMMEDIATE")
        do throws(SQLiteError) {
          for change in changes {
            try content.saving.run(.text(change.name), .blob(change.content))
          }
          try content.connection.execute("COMMIT")
        } catch {
          if content.connection.isInTransaction { try content.connection.execute("ROLLBACK") }
          throw error
        }
      }
    } catch {
      throw Failure(reason: Self.reason(error))
    }
  }

  /// The file holds keys, so it is for its user alone.
  private static func open(_ path: String) throws(SQLiteError) -> Connection {
    let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SQLiteError(code: SQLITE_CANTOPEN, sql: "open") }
    defer { close(file) }
    // SQLite itself takes a file of a few bytes for an empty database, and writes over it.
    var start = [UInt8](repeating: 0, count: Self.mark.count)
    let count = Glibc.read(file, &start, start.count)
    guard count == 0 || start == Self.mark else {
      throw SQLiteError(code: SQLITE_NOTADB, sql: "open")
    }
    return try Connection(path: path)
  }

  private static func claim(_ connection: borrowing Connection) throws(SQLiteError) {
    // The lock is held until the process ends, whichever way it does.
    try connection.execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
    let tables = try connection.integer("SELECT count(*) FROM sqlite_master") ?? 0
    let id = try connection.integer("PRAGMA application_id")
    let version = try connection.integer("PRAGMA user_version")
    let isOurs = id == Int64(applicationID) && version == Int64(Self.version)
    guard tables == 0 || isOurs else { throw SQLiteError(code: SQLITE_NOTADB, sql: "claim") }
    try connection.execute(
      """
      CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
      PRAGMA application_id = \(applicationID);
      PRAGMA user_version = \(Self.version);
      COMMIT
      """
    )
  }

  private static func read(_ connection: borrowing Connection) throws(SQLiteError)
    -> [String: [UInt8]]
  {
    let statement = try Statement("SELECT name, content FROM state", on: connection)
    let rows = try statement.all([]) { ($0.text(0), $0.bytes(1)) }
    return Dictionary(rows) { _, last in last }
  }

  private static func reason(_ error: SQLiteError) -> String {
    switch error.primaryCode {
    case SQLITE_BUSY, SQLITE_LOCKED: "another process has it open"
    case SQLITE_NOTADB: "it is no state file of this version"
    default: String(cString: sqlite3_errstr(error.code))
    }
  }
}
