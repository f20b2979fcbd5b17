import Glibc
package import Seams

/// The right to drive the runs of a data folder as its one server.
///
/// It is a lock on the file `server.lock`, which the system drops when the process dies; the file
/// tells others how to reach its holder.
///
/// Source: flock(2).
package final class FolderClaim: Sendable {
  /// How to reach a server.
  package struct Holder: Hashable, Sendable {
    package var process: Int32
    /// Where it listens, for people; empty while it starts.
    package var address: String
    /// The path of its socket in the file system.
    package var socket: String

    package init(process: Int32, address: String, socket: String) {
      self.process = process
      self.address = address
      self.socket = socket
    }
  }

  private let descriptor: Int32

  /// Takes the folder, which is created when there is none.
  ///
  /// - Throws: `StoreFailure` of kind `busy` when another server has it; the message names that one.
  package init(folder: String) throws(StoreFailure) {
    try DataFolder.create(folder)
    let path = Self.path(folder)
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw DataFolder.failure("open", path, errno) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(file)
      guard code == EWOULDBLOCK else { throw DataFolder.failure("lock", path, code) }
      throw Self.busy(folder)
    }
    descriptor = file
    ftruncate(file, 0)
  }

  // The file stays: who removed it could remove one that another server has locked just now.
  deinit {
    ftruncate(descriptor, 0)
    close(descriptor)
  }

  /// Tells others how to reach this server.
  package func announce(_ holder: Holder) {
    let text = "\(holder.process)\n\(holder.address)\n\(holder.socket)\n"
    ftruncate(descriptor, 0)
    _ = Array(text.utf8).withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  /// The server that works on a folder now; `nil` when none does.
  package static func holder(of folder: String) -> Holder? {
    let file = open(path(folder), O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    // Shared, so that two who ask at once do not take each other for a server.
    guard flock(file, LOCK_SH | LOCK_NB) != 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
    let lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return Holder(
      process: lines.first.flatMap { Int32($0) } ?? 0,
      address: lines.count > 1 ? lines[1] : "",
      socket: lines.count > 2 ? lines[2] : ""
    )
  }

  private static func path(_ folder: String) -> String { "\(folder)/server.lock" }

  private static func busy(_ folder: String) -> StoreFailure {
    let holder = holder(of: folder)
    let process = holder.map { $0.process > 0 ? " (process \($0.process))" : "" } ?? ""
    let address = holder.map { $0.address.isEmpty ? "" : ", at \($0.address)" } ?? ""
    return StoreFailure(
      .busy,
      "a server\(process) works on '\(folder)' already\(address)",
      advice: "use that one or stop it: one server works on a data folder at a time"
    )
  }
}
