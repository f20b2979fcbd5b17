import Glibc
package import Seams
package import Timekeeping

/// Puts a backup in the place of a folder's database, which is kept aside.
package struct StoreRestore: Sendable {
  /// What a backup holds.
  package struct Content: Hashable, Sendable {
    package var runs: Int
    /// Runs that had not ended when it was made.
    package var unfinishedRuns: Int
    package var newestRun: Timestamp?
    /// Some value that the vault sealed; it tells which key the backup needs.
    package var sealedSample: [UInt8]?
  }

  private let folder: ExclusiveFolder
  private let draft: String

  package init(into folder: ExclusiveFolder) {
    self.folder = folder
    draft = "\(folder.path)/restoring.db"
  }

  /// Restores, and lays a second name of `key` beside the former database; whatever interrupts it, the folder opens again only once a restore has finished, or
  /// is as it was.
  ///
  /// - Returns: What the backup holds, and the folder with the former database if there was one.
  /// - Throws: `StoreFailure`, after which nothing has changed unless the disk failed half way.
  package func restore(_ backup: String, key: String) throws(StoreFailure) -> (
    Content, former: String?
  ) {
    let content: Content
    do throws(StoreFailure) {
      try FileCopy.copy(backup, to: draft)
      // A folder that was copied as it lay has its last writes in there.
      if access("\(backup)-wal", F_OK) == 0 {
        try FileCopy.copy("\(backup)-wal", to: "\(draft)-wal")
      }
      content = try inspect(backup)
    } catch {
      for name in ["", "-wal", "-shm"] { unlink(draft + name) }
      throw error
    }
    return (content, try exchange(key))
  }

  // MARK: Looking at the backup

  private func inspect(_ backup: String) throws(StoreFailure) -> Content {
    let found: Result<Content, StoreFailure>
    do throws(SQLiteError) { found = try content(of: backup) } catch {
      found = .failure(Self.unfit(backup, error.failure.message))
    }
    return try found.get()
  }

  private func content(of backup: String) throws(SQLiteError) -> Result<Content, StoreFailure> {
    let connection = try Connection(path: draft)
    guard try connection.integer("PRAGMA application_id") == Schema.applicationID else {
      return .failure(Self.unfit(backup, "it is no database of weir"))
    }
    if let refusal = try Schema.refusal(of: connection) { return .failure(refusal) }
    let check = try Statement("PRAGMA integrity_check(1)", on: connection).first([]) { $0.text(0) }
    guard check == "ok" else { return .failure(Self.unfit(backup, check ?? "it cannot be read")) }
    let isOver = "status NOT IN ('Running', 'Waiting')"
    let newest = try connection.integer("SELECT max(started) FROM runs")
    return .success(
      Content(
        runs: Int(try connection.integer("SELECT count(*) FROM runs") ?? 0),
        unfinishedRuns: Int(
          try connection.integer("SELECT count(*) FROM runs WHERE NOT (\(isOver))") ?? 0
        ),
        newestRun: newest.flatMap { $0 == 0 ? nil : Timestamp(ticks: $0) },
        sealedSample: try SealedColumn.sample(in: connection)
      )
    )
  }

  private static func unfit(_ backup: String, _ why: String) -> StoreFailure {
    StoreFailure(
      .io,
      "'\(backup)' is no sound backup: \(why)",
      advice: "choose another backup; nothing was changed"
    )
  }

  // MARK: Exchanging

  private func exchange(_ key: String) throws(StoreFailure) -> String? {
    let former = try markedFormer()
    var hasFormer = false
    // The log first: it would be taken for that of the backup.
    for name in ["weir.db-wal", "weir.db"] where access("\(folder.path)/\(name)", F_OK) == 0 {
      if mkdir(former, 0o700) != 0, errno != EEXIST {
        throw DataFolder.failure("create", former, errno)
      }
      try move("\(folder.path)/\(name)", to: "\(former)/\(name)")
      hasFormer = true
    }
    if hasFormer { link(key, "\(former)/key") }
    unlink("\(folder.database)-shm")
    for name in ["-wal", "-shm"] { unlink(draft + name) }
    try move(draft, to: folder.database)
    DataFolder.synchronize(folder.path)
    unlink(folder.restoring)
    DataFolder.synchronize(folder.path)
    return hasFormer ? former : nil
  }

  /// Where the former database goes; written down, so that a restore that was interrupted keeps its
  /// pieces together when it is done again.
  private func markedFormer() throws(StoreFailure) -> String {
    if let name = FileCopy.text(of: folder.restoring), !name.isEmpty {
      return "\(folder.path)/\(name)"
    }
    let number = (1...).first { access("\(folder.path)/replaced-\($0)", F_OK) != 0 } ?? 1
    try FileCopy.write("replaced-\(number)", to: folder.restoring)
    DataFolder.synchronize(folder.path)
    return "\(folder.path)/replaced-\(number)"
  }

  private func move(_ path: String, to target: String) throws(StoreFailure) {
    guard rename(path, target) == 0 else { throw DataFolder.failure("move", path, errno) }
  }
}
