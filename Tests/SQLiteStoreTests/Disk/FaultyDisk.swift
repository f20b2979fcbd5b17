import CSQLite
import Foundation
import Synchronization

/// A file system under SQLite that fails as a test wants, and that remembers what a power cut would
/// leave.
///
/// Everything reaches the real files, too, through the file system that SQLite brings along.
///
/// Source: https://www.sqlite.org/vfs.html
final class FaultyDisk: @unchecked Sendable {
  // Unchecked: the structure that SQLite holds is written before SQLite knows it.

  enum Operation: Hashable, Sendable { case read, write, sync, truncate }

  /// What goes wrong with one kind of operation.
  struct Fault: Sendable {
    var operation: Operation
    /// How many succeed first.
    var skip: Int
    /// How many fail then.
    var count: Int
    /// The result code of SQLite.
    var code: Int32
    /// Whether half of what is to be written reaches the file all the same.
    var isHalfDone = false
  }

  /// The name under which SQLite knows it.
  let name: String
  private let base: UnsafeMutablePointer<sqlite3_vfs>
  private let own: UnsafeMutablePointer<sqlite3_vfs>
  private let fault = Mutex<Fault?>(nil)
  private let files = Mutex<[String: DiskFile]>([:])

  init() throws {
    name = "faulty-\(UUID().uuidString)"
    guard let base = sqlite3_vfs_find(nil), let nameBytes = strdup(name) else {
      throw POSIXError(.ENOSYS)
    }
    self.base = base
    own = .allocate(capacity: 1)
    own.initialize(to: base.pointee)
    own.pointee.zName = UnsafePointer(nameBytes)
    own.pointee.pNext = nil
    own.pointee.szOsFile += Int32(FaultyFile.offset)
    // It lives as long as the process: the thread of a store may close files after its test ended.
    own.pointee.pAppData = Unmanaged.passRetained(self).toOpaque()
    own.pointee.xOpen = { vfs, name, file, flags, outFlags in
      guard let data = vfs?.pointee.pAppData, let file else { return SQLITE_CANTOPEN }
      let disk = Unmanaged<FaultyDisk>.fromOpaque(data).takeUnretainedValue()
      return disk.open(name, file, flags, outFlags)
    }
    own.pointee.xDelete = { vfs, name, isSynchronized in
      guard let data = vfs?.pointee.pAppData, let name else { return SQLITE_IOERR }
      let disk = Unmanaged<FaultyDisk>.fromOpaque(data).takeUnretainedValue()
      disk.files.withLock { $0[String(cString: name)] = nil }
      return disk.base.pointee.xDelete?(disk.base, name, isSynchronized) ?? SQLITE_IOERR
    }
    sqlite3_vfs_register(own, 0)
  }

  private func open(
    _ name: UnsafePointer<CChar>?,
    _ file: UnsafeMutablePointer<sqlite3_file>,
    _ flags: Int32,
    _ outFlags: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    let path = name.map { String(cString: $0) } ?? ""
    let real = FaultyFile.real(file)
    let code = base.pointee.xOpen?(base, name, real, flags, outFlags) ?? SQLITE_CANTOPEN
    guard code == SQLITE_OK else {
      file.pointee.pMethods = nil
      return code
    }
    FaultyFile.prepare(file, disk: self, path: path)
    files.withLock { files in
      if files[path] == nil { files[path] = DiskFile(FileManager.default.contents(atPath: path)) }
    }
    return SQLITE_OK
  }

  // MARK: Faults

  /// Lets operations fail from now on.
  func fail(_ fault: Fault) { self.fault.withLock { $0 = fault } }

  /// Works again.
  func recover() { fault.withLock { $0 = nil } }

  /// How an operation fails; `nil` when it does not.
  func failure(of operation: Operation) -> Fault? {
    fault.withLock { fault in
      guard let current = fault, current.operation == operation, current.count > 0 else {
        return nil
      }
      guard current.skip == 0 else {
        fault?.skip -= 1
        return nil
      }
      fault?.count -= 1
      return current
    }
  }

  // MARK: Power

  func note(_ path: String, _ change: (inout DiskFile) -> Void) {
    files.withLock { files in
      var file = files[path] ?? DiskFile(nil)
      change(&file)
      files[path] = file
    }
  }

  /// Writes what a power cut now would leave into a folder: what was synchronised, and of the rest
  /// what chance wants.
  func cutPower(into folder: String, _ random: inout some RandomNumberGenerator) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let images = files.withLock { $0 }
    for (path, file) in images.sorted(by: { $0.key < $1.key }) where !path.isEmpty {
      let target = URL(filePath: folder).appending(path: URL(filePath: path).lastPathComponent)
      try Data(file.left(&random)).write(to: target)
    }
  }
}
