import Glibc
package import Seams

extension SQLiteStore {
  /// Writes a consistent copy of the database to a new file, while the store goes on.
  ///
  /// - Throws: `StoreFailure`, of kind `exists` when there is such a file.
  package func backup(to path: String) throws(StoreFailure) {
    // Made here so that it is private to its user; SQLite fills an empty file.
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      if errno != EEXIST { throw DataFolder.failure("create", path, errno) }
      throw StoreFailure(.exists, "'\(path)' exists", advice: "choose another file for the backup")
    }
    Glibc.close(file)
    do throws(SQLiteError) {
      let connection = try Connection.open(database, settings)
      try Statement("VACUUM INTO ?", on: connection).run(.text(path))
    } catch {
      unlink(path)
      throw error.failure
    }
    // SQLite leaves it to the system when a copy reaches the disk.
    try FileCopy.synchronize(path)
  }

  /// Some value that the vault sealed; `nil` when there is none.
  ///
  /// All are sealed under one key, so it tells which.
  package func sealedSample() throws(StoreFailure) -> [UInt8]? {
    do throws(SQLiteError) {
      return try SealedColumn.sample(in: try Connection.open(database, settings))
    } catch {
      throw error.failure
    }
  }

  /// Reads the whole database and returns what is wrong with it; empty when nothing is.
  package func check() throws(StoreFailure) -> [String] {
    do throws(SQLiteError) {
      let connection = try Connection.open(database, settings)
      let findings = try Statement("PRAGMA integrity_check", on: connection).all([]) { $0.text(0) }
      return findings.filter { $0 != "ok" }
    } catch {
      throw error.failure
    }
  }
}
