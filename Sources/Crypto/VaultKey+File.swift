package import Diagnostics
internal import Glibc
package import Seams

extension VaultKey {
  /// Reads the key file, and makes one first when there is none.
  ///
  /// A new file appears at once and complete, readable by its owner only, and on disk before this
  /// returns; of several processes that start together, all get the same key.
  ///
  /// - Parameters:
  ///   - path: The file; its folder must exist.
  ///   - entropy: Where a new key comes from.
  /// - Throws: `V0001` to `V0004`.
  package init(file path: String, entropy: some Entropy) throws(Diagnostic) {
    if access(path, F_OK) != 0, errno == ENOENT { try Self.create(path, entropy) }
    try self.init(file: path)
  }

  /// Reads the key file.
  ///
  /// - Throws: V0001 to V0003.
  package init(file path: String) throws(Diagnostic) {
    self.init(bytes: try Self.read(path))
  }

  private static func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw unreadable(path, reason(errno)) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw unreadable(path, reason(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw unreadable(path, "not a regular file") }
    guard status.st_mode & 0o077 == 0 else {
      throw Diagnostic(
        .exposedKeyFile,
        "the key file '\(path)' is open to other users (mode \(octal(status.st_mode & 0o777)))",
        hint: "run: chmod 600 '\(path)'"
      )
    }
    var bytes = [UInt8](repeating: 0, count: byteCount + 1)
    let count = Glibc.read(file, &bytes, bytes.count)
    guard count >= 0 else { throw unreadable(path, reason(errno)) }
    guard count == byteCount else {
      throw Diagnostic(
        .malformedKeyFile,
        "the key file '\(path)' holds \(status.st_size) bytes instead of \(byteCount)",
        hint: "restore it from a backup; stored secrets cannot be opened without it"
      )
    }
    return Array(bytes.prefix(count))
  }

  /// Writes beside the final name and links, so that a crash leaves no half-written key.
  private static func create(_ path: String, _ entropy: some Entropy) throws(Diagnostic) {
    let draft = "\(path).\(entropy.uuid()).new"
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw uncreatable(path, reason(errno)) }
    defer { unlink(draft) }
    let bytes = entropy.bytes(byteCount)
    let isWritten = write(file, bytes, byteCount) == byteCount && fsync(file) == 0
    let code = errno
    close(file)
    guard isWritten else { throw uncreatable(path, reason(code)) }
    guard link(draft, path) == 0 || errno == EEXIST else { throw uncreatable(path, reason(errno)) }
    syncFolder(of: path)
  }

  static func syncFolder(of path: String) {
    let parent = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  private static func unreadable(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(
      .unreadableKeyFile,
      "cannot read the key file '\(path)': \(reason)",
      hint: "run as the user that owns the file, or set WEIR_MASTER_KEY instead"
    )
  }

  static func uncreatable(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(
      .uncreatableKeyFile,
      "cannot create the key file '\(path)': \(reason)",
      hint: "check that its folder exists and is writable, or set WEIR_MASTER_KEY instead"
    )
  }

  static func reason(_ code: Int32) -> String {
    String(cString: strerror(code)).lowercased()
  }

  private static func octal(_ mode: UInt32) -> String { String(mode, radix: 8) }
}
