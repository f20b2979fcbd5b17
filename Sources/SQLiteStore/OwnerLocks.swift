import Glibc
import Seams

/// Which processes live: each holds a lock on its file, which the system drops when it dies.
///
/// The files are `owners/<name>.lock` in the data folder; files of the dead are removed when a
/// store opens.
///
/// Source: flock(2).
final class OwnerLocks: Sendable {
  private let folder: String
  private let own: OwnerID
  private let descriptor: Int32

  /// Takes the lock of this process and removes the files of dead ones.
  init(folder: String, own: OwnerID) throws(StoreFailure) {
    guard Self.isFileName(own.text) else {
      throw StoreFailure(.io, "the name '\(own)' of this process is no file name")
    }
    self.folder = folder
    self.own = own
    try DataFolder.create(folder)
    descriptor = try Self.lock(Self.path(of: own.text, in: folder))
    removeStale()
  }

  // Unlinking before closing: nobody can lock the name in between and lose it.
  deinit {
    unlink(Self.path(of: own.text, in: folder))
    Glibc.close(descriptor)
  }

  /// Whether the process of this name still runs.
  func isAlive(_ owner: OwnerID) -> Bool {
    if owner == own { return true }
    guard Self.isFileName(owner.text) else { return false }
    let file = open(Self.path(of: owner.text, in: folder), O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return errno != ENOENT }
    defer { Glibc.close(file) }
    // Shared, so that two who ask at once do not take each other for the owner.
    return flock(file, LOCK_SH | LOCK_NB) != 0
  }

  private func removeStale() {
    for path in Self.files(in: folder) where path != Self.path(of: own.text, in: folder) {
      _ = Self.isLocked(path, removingIfNot: true)
    }
  }

  /// Whether some process has the store of this folder open.
  static func isAnybodyAlive(in folder: String) -> Bool {
    files(in: folder).contains { isLocked($0, removingIfNot: false) }
  }

  private static func files(in folder: String) -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var paths: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
        start.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".lock") { paths.append("\(folder)/\(name)") }
    }
    return paths
  }

  private static func isLocked(_ path: String, removingIfNot: Bool) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { Glibc.close(file) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else { return true }
    if removingIfNot { unlink(path) }
    return false
  }

  // Another process may remove the file between opening and locking it; then the lock is on a
  // file without a name, and the next turn makes a new one.
  private static func lock(_ path: String) throws(StoreFailure) -> Int32 {
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw DataFolder.failure("open", path, errno) }
      if flock(file, LOCK_EX) == 0, isSameFile(file, path) { return file }
      Glibc.close(file)
    }
  }

  private static func isSameFile(_ file: Int32, _ path: String) -> Bool {
    var opened = stat()
    var named = stat()
    return fstat(file, &opened) == 0 && stat(path, &named) == 0
      && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
  }

  private static func path(of name: String, in folder: String) -> String {
    "\(folder)/\(name).lock"
  }

  private static func isFileName(_ text: String) -> Bool {
    (1...200).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
