import Glibc
import Seams

/// The folder that holds the store, private to its user.
struct DataFolder {
  let path: String

  /// Creates the folder and an empty database file where there are none.
  init(_ path: String) throws(StoreFailure) {
    self.path = path
    try Self.create(path)
    guard access(restoring, F_OK) != 0 else {
      let message = "a backup is being restored into '\(path)', or that was interrupted"
      throw StoreFailure(.busy, message, advice: "finish it: weir admin restore FILE")
    }
    // The write-ahead log takes its permissions from this file.
    let file = open(database, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Self.failure("open", database, errno) }
    defer { Glibc.close(file) }
    var status = stat()
    // SQLite takes what is shorter than its smallest page for an empty file and overwrites it.
    guard fstat(file, &status) == 0, status.st_size == 0 || status.st_size >= 512 else {
      let message = "'\(database)' is cut off"
      throw StoreFailure(.corrupt, message, advice: Self.restoreAdvice)
    }
  }

  var database: String { "\(path)/weir.db" }

  var owners: String { "\(path)/owners" }

  /// Is there while a backup takes the place of the database.
  var restoring: String { "\(path)/restoring" }

  /// What to do about a database that is damaged.
  static let restoreAdvice =
    "restore a backup with 'weir admin restore FILE', or move the folder away to start afresh"

  /// Keeps other processes from opening the store until the result is released.
  func openingLock() throws(StoreFailure) -> FileLock { try FileLock("\(path)/opening.lock") }

  /// Creates one folder, with access for its user only, unless it exists.
  static func create(_ path: String) throws(StoreFailure) {
    guard mkdir(path, 0o700) != 0 else { return synchronize(parent(of: path)) }
    guard errno != EEXIST else { return }
    throw failure("create", path, errno)
  }

  /// Brings the names in a folder to the disk, as far as its file system can.
  static func synchronize(_ path: String) {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    Glibc.close(folder)
  }

  /// The folder that a file or folder is in.
  static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
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
