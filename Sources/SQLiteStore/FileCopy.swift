import Glibc
import Seams

/// Files that are on the disk when a call returns.
enum FileCopy {
  private static let block = 1 << 20

  /// Copies a file to one that is private to its user; what was there is overwritten.
  static func copy(_ source: String, to target: String) throws(StoreFailure) {
    let input = open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw DataFolder.failure("read", source, errno) }
    defer { Glibc.close(input) }
    let output = try create(target)
    defer { Glibc.close(output) }
    var bytes = [UInt8](repeating: 0, count: block)
    while true {
      let count = Glibc.read(input, &bytes, bytes.count)
      guard count >= 0 else { throw DataFolder.failure("read", source, errno) }
      guard count > 0 else { break }
      try write(bytes[..<count], to: output, target)
    }
    guard fsync(output) == 0 else { throw DataFolder.failure("write", target, errno) }
  }

  /// Waits until what was written to a file is on the disk, and its name, too.
  static func synchronize(_ path: String) throws(StoreFailure) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw DataFolder.failure("open", path, errno) }
    defer { Glibc.close(file) }
    guard fsync(file) == 0 else { throw DataFolder.failure("write", path, errno) }
    DataFolder.synchronize(DataFolder.parent(of: path))
  }

  static func write(_ text: String, to target: String) throws(StoreFailure) {
    let output = try create(target)
    defer { Glibc.close(output) }
    try write(Array(text.utf8)[...], to: output, target)
    guard fsync(output) == 0 else { throw DataFolder.failure("write", target, errno) }
  }

  /// The beginning of a small file; `nil` when there is none.
  static func text(of path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { Glibc.close(file) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = Glibc.read(file, &bytes, bytes.count)
    return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  private static func create(_ path: String) throws(StoreFailure) -> Int32 {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw DataFolder.failure("create", path, errno) }
    return file
  }

  private static func write(_ bytes: ArraySlice<UInt8>, to file: Int32, _ path: String)
    throws(StoreFailure)
  {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 else { throw DataFolder.failure("write", path, count < 0 ? errno : ENOSPC) }
      rest = rest.dropFirst(count)
    }
  }
}
