import CSQLite
import Seams

/// A result code of SQLite other than success, with the statement that caused it.
///
/// Source: https://www.sqlite.org/rescode.html
struct SQLiteError: Error, Hashable {
  /// The extended result code.
  let code: Int32
  /// The statement with placeholders, never with values.
  let sql: String

  /// The result code without its extension.
  var primaryCode: Int32 { code & 0xFF }

  /// Whether only the one write is at fault, so that others of its batch can still succeed.
  var concernsOneWrite: Bool {
    [SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_NOMEM].contains(primaryCode)
  }

  /// The failure as users of the store see it.
  var failure: StoreFailure {
    let (kind, advice) = meaning
    let reason = String(cString: sqlite3_errstr(code))
    let message = "\(reason) (SQLite code \(code)) in '\(shownSQL)'"
    return StoreFailure(kind, message, advice: advice)
  }

  private static let failedRead = SQLITE_IOERR | 1 << 8
  private static let shortRead = SQLITE_IOERR | 2 << 8
  private static let failedWrite = SQLITE_IOERR | 3 << 8
  private static let failedSync = SQLITE_IOERR | 4 << 8
  /// Of the index of the write-ahead log.
  private static let failedGrowth = SQLITE_IOERR | 19 << 8

  /// The first line is enough to find the statement.
  private var shownSQL: Substring { sql.prefix { $0 != "\n" }.prefix(80) }

  private var meaning: (StoreFailure.Kind, String) {
    switch primaryCode {
    case SQLITE_FULL:
      (.diskFull, "free some disk space; nothing of this write was kept")
    // A quota or a limit on file sizes, for example.
    case SQLITE_IOERR where [Self.failedWrite, Self.failedGrowth].contains(code):
      (.diskFull, "a file cannot grow or the disk fails; nothing of this write was kept")
    case SQLITE_IOERR where code == Self.failedSync:
      (.io, "the disk did not confirm a write: check it and the system log before going on")
    case SQLITE_IOERR where [Self.failedRead, Self.shortRead].contains(code):
      (.io, "the disk cannot be read: check it and the system log, and copy what it holds")
    case SQLITE_READONLY, SQLITE_PERM:
      (.readOnly, "make the data folder and its files writable for this user")
    case SQLITE_CANTOPEN, SQLITE_AUTH:
      (.io, "check that the data folder exists and belongs to this user")
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      (.corrupt, DataFolder.restoreAdvice)
    case SQLITE_BUSY, SQLITE_LOCKED:
      (.busy, "another process holds the store; stop it or try again")
    case SQLITE_TOOBIG, SQLITE_NOMEM:
      (.io, "the value is too large to store")
    default:
      (.io, "check the disk and the system log")
    }
  }
}
