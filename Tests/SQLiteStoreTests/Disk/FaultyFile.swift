import CSQLite
import Synchronization

/// A file of a `FaultyDisk` as SQLite holds it: this, and behind it the real one.
struct FaultyFile {
  private var base: sqlite3_file
  private var disk: Unmanaged<FaultyDisk>
  private var path: Unmanaged<Path>

  private final class Path {
    let text: String
    init(_ text: String) { self.text = text }
  }

  private typealias Handle = UnsafeMutablePointer<sqlite3_file>

  static let offset = (MemoryLayout<FaultyFile>.stride + 15) / 16 * 16

  /// The file behind a handle.
  static func real(_ file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<sqlite3_file>
  {
    UnsafeMutableRawPointer(file).advanced(by: offset).assumingMemoryBound(to: sqlite3_file.self)
  }

  static func prepare(
    _ file: UnsafeMutablePointer<sqlite3_file>,
    disk: FaultyDisk,
    path: String
  ) {
    UnsafeMutableRawPointer(file).initializeMemory(
      as: FaultyFile.self,
      to: FaultyFile(
        base: sqlite3_file(pMethods: methods.pointer),
        disk: .passUnretained(disk),
        path: .passRetained(Path(path))
      )
    )
  }

  private static func own(_ file: Handle) -> UnsafeMutablePointer<FaultyFile> {
    UnsafeMutableRawPointer(file).assumingMemoryBound(to: FaultyFile.self)
  }

  private static func disk(_ file: Handle) -> (FaultyDisk, path: String) {
    let own = own(file).pointee
    return (own.disk.takeUnretainedValue(), own.path.takeUnretainedValue().text)
  }

  private struct Methods: @unchecked Sendable {
    // Unchecked: written once, before anybody sees it.
    let pointer: UnsafePointer<sqlite3_io_methods>
  }

  private static let methods: Methods = {
    let table = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    table.initialize(to: sqlite3_io_methods())
    // Without the methods of version 3 SQLite maps no file into memory, so that it reads through here.
    table.pointee.iVersion = 2
    delegate(&table.pointee)
    intercept(&table.pointee)
    return Methods(pointer: table)
  }()

  /// What goes to the real file as it is.
  private static func delegate(_ table: inout sqlite3_io_methods) {
    table.xFileSize = { file, size in
      guard let file else { return SQLITE_IOERR }
      let real = FaultyFile.real(file)
      return real.pointee.pMethods?.pointee.xFileSize?(real, size) ?? SQLITE_IOERR
    }
    table.xLock = { file, level in
      guard let file else { return SQLITE_IOERR }
      let real = FaultyFile.real(file)
      return real.pointee.pMethods?.pointee.xLock?(real, level) ?? SQLITE_IOERR
    }
    table.xUnlock = { file, level in
      guard let file else { return SQLITE_IOERR }
      let real = FaultyFile.real(file)
      return real.pointee.pMethods?.pointee.xUnlock?(real, level) ?? SQLITE_IOERR
    }
    table.xCheckReservedLock = { file, result in
      guard let file else { return SQLITE_IOERR }
      let real = FaultyFile.real(file)
      return real.pointee.pMethods?.pointee.xCheckReservedLock?(real, result) ?? SQLITE_IOERR
    }
    table.xFileControl = { file, code, value in
      guard let file else { return SQLITE_IOERR }
      let real = FaultyFile.real(file)
      return real.pointee.pMethods?.pointee.xFileControl?(real, code, value) ?? SQLITE_IOERR
    }
    table.xSectorSize = { file in
      guard let file else { return 0 }
      let real = FaultyFile.real(file)
      return real.pointee.pMethods?.pointee.xSectorSize?(real) ?? 0
    }
    // The disk promises nothing: no atomic writes, no order.
    table.xDeviceCharacteristics = { _ in 0 }
    table.xShmMap = { file, page, size, mayExtend, memory in
      guard let file else { return SQLITE_IOERR }
      let real = FaultyFile.real(file)
      return real.pointee.pMethods?.pointee.xShmMap?(real, page, size, mayExtend, memory)
        ?? SQLITE_IOERR
    }
    table.xShmLock = { file, place, count, flags in
      guard let file else { return SQLITE_IOERR }
      let real = FaultyFile.real(file)
      return real.pointee.pMethods?.pointee.xShmLock?(real, place, count, flags) ?? SQLITE_IOERR
    }
    table.xShmBarrier = { file in
      guard let file else { return }
      let real = FaultyFile.real(file)
      real.pointee.pMethods?.pointee.xShmBarrier?(real)
    }
    table.xShmUnmap = { file, isDeleted in
      guard let file else { return SQLITE_IOERR }
      let real = FaultyFile.real(file)
      return real.pointee.pMethods?.pointee.xShmUnmap?(real, isDeleted) ?? SQLITE_IOERR
    }
  }

  /// What may fail, and what a power cut may undo.
  private static func intercept(_ table: inout sqlite3_io_methods) {
    table.xClose = { file in
      guard let file else { return SQLITE_OK }
      let real = FaultyFile.real(file)
      FaultyFile.own(file).pointee.path.release()
      return real.pointee.pMethods?.pointee.xClose?(real) ?? SQLITE_OK
    }
    table.xRead = { file, bytes, count, place in
      guard let file else { return SQLITE_IOERR }
      if let fault = FaultyFile.disk(file).0.failure(of: .read) { return fault.code }
      let real = FaultyFile.real(file)
      return real.pointee.pMethods?.pointee.xRead?(real, bytes, count, place) ?? SQLITE_IOERR
    }
    table.xWrite = { file, bytes, count, place in
      guard let file, let bytes else { return SQLITE_IOERR }
      let (disk, path) = FaultyFile.disk(file)
      let fault = disk.failure(of: .write)
      let count = fault.map { $0.isHalfDone ? count / 2 : 0 } ?? count
      let real = FaultyFile.real(file)
      if count > 0 {
        let code = real.pointee.pMethods?.pointee.xWrite?(real, bytes, count, place)
        guard code == SQLITE_OK else { return code ?? SQLITE_IOERR }
        let written = Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
        disk.note(path) { $0.write(written, at: Int(place)) }
      }
      return fault?.code ?? SQLITE_OK
    }
    table.xTruncate = { file, size in
      guard let file else { return SQLITE_IOERR }
      let (disk, path) = FaultyFile.disk(file)
      if let fault = disk.failure(of: .truncate) { return fault.code }
      let real = FaultyFile.real(file)
      let code = real.pointee.pMethods?.pointee.xTruncate?(real, size) ?? SQLITE_IOERR
      if code == SQLITE_OK { disk.note(path) { $0.truncate(to: Int(size)) } }
      return code
    }
    table.xSync = { file, _ in
      guard let file else { return SQLITE_IOERR }
      let (disk, path) = FaultyFile.disk(file)
      if let fault = disk.failure(of: .sync) {
        disk.note(path) { $0.failToSynchronize() }
        return fault.code
      }
      // The real files need not survive a power cut: what counts is what is noted.
      disk.note(path) { $0.synchronize() }
      return SQLITE_OK
    }
  }
}
