import Glibc
import Seams

/// The folder that holds the store, private to its user.
struct DataFolder {
  let path: String

  /// Creates the folder and an empty database file where there are none.
  init(_ path: String) throws(StoreFailure) {
    self.path = path
    try Self.create(path)
    // The write-ahead log takes its permissions from this file.
    let file = open(database, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Self.failure("open", database, errno) }
    defer { Glibc.close(file) }
    var status = stat()
    // SQLite takes what is shorter than its smallest page for an empty file and overwrites it.
    guard fstat(file, &status) == 0, status.st_size == 0 || status.st_size >= 512 else {
      let message = "'\(database)' is cut off"
      let advice = "restore the data folder from a backup, or move it away to start afresh"
      throw StoreFailure(.corrupt, message, advice: advice)
    }
  }

  var database: String { "\(path)/weir.db" }

  var owners: String { "\(path)/owners" }

  /// Keeps other processes from opening the store until the result is released.
  func openingLock() throws(StoreFailure) -> FileLock { try FileLock("\(path)/opening.lock") }

  /// Creates one folder, with access for its user only, unless it exists.
  static func create(_ path: String) throws(StoreFailure) {
    guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    throw failure("create", path, errno)
  }

  /// The failure for a code of the system.
  ///
  /// Source: errno(3).
  static func failure(_ verb: String, _ path: String, _ code: Int32) -> StoreFailure {
    let reason = "cannot \(verb) '\(path)': \(String(cString: strerror(code)).lowercased())"
    switch code {
    case EROFS, EACCES, EPERM:
      return StoreFailure(
        .readOnly,
        reason,
        advice: "choose a data folder that this user may write"
      )
    case ENOSPC, EDQUOT, EFBIG:
      return StoreFailure(.diskFull, reason, advice: "free some disk space")
    case ENOENT, ENOTDIR:
      return StoreFailure(.io, reason, advice: "create the folder above it first")
    default:
      return StoreFailure(.io, reason)
    }
  }
}
