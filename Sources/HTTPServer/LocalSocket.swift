internal import Diagnostics
internal import Glibc

/// A Unix domain socket that listens at a path, for the user of this process only.
struct LocalSocket: ServerSocket {
  let descriptor: Int32
  private let path: String
  private let inode: ino_t

  /// Takes the place of a socket whose process is gone.
  ///
  /// - Throws: `L0005` when a living process listens there, `L0006` when the path cannot be used.
  init(_ path: String) throws(Diagnostic) {
    guard let address = LocalAddress(path) else {
      throw Self.unusable(path, "it is longer than \(LocalAddress.longestPath) bytes or empty")
    }
    try Self.clear(path, address)
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, kind, 0)
    guard descriptor >= 0 else { throw Self.unusable(path, Self.reason(errno)) }
    // Before the path exists, so that nobody else can ever open it.
    fchmod(descriptor, 0o600)
    var status = stat()
    guard address.withPointer({ bind(descriptor, $0, $1) }) == 0, lstat(path, &status) == 0,
      listen(descriptor, 1024) == 0
    else {
      let code = errno
      close(descriptor)
      throw Self.unusable(path, Self.reason(code))
    }
    self.descriptor = descriptor
    self.path = path
    inode = status.st_ino
  }

  /// Another process may have taken the path meanwhile; its socket stays.
  func remove() {
    var status = stat()
    if lstat(path, &status) == 0, status.st_ino == inode { unlink(path) }
    close(descriptor)
  }

  private static func clear(_ path: String, _ address: LocalAddress) throws(Diagnostic) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw unusable(path, "there is a file that is no socket")
    }
    guard !isAnswered(address) else {
      throw Diagnostic(
        .localSocketInUse,
        "another process listens on '\(path)' already",
        hint: "stop it first: one server works on a data folder at a time"
      )
    }
    unlink(path)
  }

  private static func isAnswered(_ address: LocalAddress) -> Bool {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, kind, 0)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    // A full queue of connections is a sign of life too.
    return address.withPointer { connect(descriptor, $0, $1) } == 0 || errno != ECONNREFUSED
  }

  private static func reason(_ code: Int32) -> String {
    String(cString: strerror(code)).lowercased()
  }

  private static func unusable(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(
      .unusableLocalSocket,
      "cannot listen on '\(path)': \(reason)",
      hint: "choose a path in a folder that this user may write"
    )
  }
}
