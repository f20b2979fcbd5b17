package import Seams
import Synchronization

/// The store in one SQLite file, shared by any number of processes on one machine.
///
/// The data folder holds `weir.db` with its write-ahead log, and `owners` with one lock file for
/// each process. One thread writes, in batches; reads run on the caller's thread.
package final class SQLiteStore: Store {
  /// Hears of each transaction, on the writer's thread: how many writes shared it, and how long it
  /// took until they were durable.
  package typealias CommitObserver = @Sendable (_ writes: Int, _ duration: Duration) -> Void

  /// Hears, on the writer's thread, when writes begin to fail and why, and `nil` once they succeed
  /// again.
  package typealias TroubleObserver = @Sendable (StoreFailure?) -> Void

  package let owner: OwnerID

  /// Path of the database file.
  let database: String
  let settings: StoreSettings
  let writer: JournalWriter
  let readers: ReaderPool
  private let health: WriteHealth
  private let owners: Mutex<OwnerLocks?>

  /// Opens or creates the store.
  ///
  /// - Parameters:
  ///   - folder: Path of the data folder; the folder above it must exist.
  ///   - owner: The name of this process: letters, digits, `-` and `_`.
  ///   - settings: How to open the database.
  ///   - onCommit: Hears of each transaction.
  ///   - onTrouble: Hears when writes begin to fail, and when they succeed again.
  /// - Throws: `StoreFailure` of kind `newerVersion`, `corrupt`, `readOnly`, `diskFull`, `busy` or
  ///   `io`; the message says what to do.
  package init(
    folder: String,
    owner: OwnerID,
    settings: StoreSettings = StoreSettings(),
    onCommit: @escaping CommitObserver = { _, _ in },
    onTrouble: @escaping TroubleObserver = { _ in }
  ) throws(StoreFailure) {
    let folder = try DataFolder(folder)
    self.owner = owner
    self.settings = settings
    database = folder.database
    owners = Mutex(try OwnerLocks(folder: folder.owners, own: owner))
    health = WriteHealth(onChange: onTrouble)
    (writer, readers) = try Self.open(folder, settings, health, onCommit)
  }

  package func isAlive(_ owner: OwnerID) async -> Bool {
    owners.withLock { $0?.isAlive(owner) ?? false }
  }

  /// How many writes wait for a transaction.
  package var queuedWrites: Int { writer.queuedWrites }

  /// Why the last write failed; `nil` when it did not.
  package var trouble: StoreFailure? { health.trouble }

  /// Tries to write, if the last write failed: who has nothing to write notices so that there is
  /// space again.
  package func retryWriting() async {
    guard trouble != nil else { return }
    // The same number again, which is a page that goes to the disk all the same.
    _ = try? await writer.write { session throws(SQLiteError) in
      .success(try session.connection.execute("PRAGMA user_version = \(Schema.version)"))
    }
  }

  package func close() async {
    await writer.close()
    readers.close()
    owners.withLock { $0 = nil }
  }

  private static func open(
    _ folder: DataFolder,
    _ settings: StoreSettings,
    _ health: WriteHealth,
    _ onCommit: @escaping CommitObserver
  ) throws(StoreFailure) -> (JournalWriter, ReaderPool) {
    // Two processes that open at once must not migrate at once.
    let lock = try folder.openingLock()
    defer { extendLifetime(lock) }
    let opened: Result<(JournalWriter, ReaderPool), StoreFailure>
    do throws(SQLiteError) {
      opened = try open(folder.database, settings, health, onCommit)
    } catch {
      opened = .failure(error.failure)
    }
    return try opened.get()
  }

  private static func open(
    _ path: String,
    _ settings: StoreSettings,
    _ health: WriteHealth,
    _ onCommit: @escaping CommitObserver
  ) throws(SQLiteError) -> Result<(JournalWriter, ReaderPool), StoreFailure> {
    let connection = try Connection.open(path, settings)
    // Before anything else, so that a file that is not ours stays as it is.
    if let refusal = try Schema.refusal(of: connection) { return .failure(refusal) }
    try connection.prepareForWriting(settings)
    let readers = ReaderPool(try reader(path, settings), try reader(path, settings))
    let session = try WriteSession(connection: connection)
    return .success((JournalWriter(session: session, health: health, onCommit: onCommit), readers))
  }

  private static func reader(_ path: String, _ settings: StoreSettings)
    throws(SQLiteError) -> sending ReadSession
  {
    let connection = try Connection.open(path, settings)
    try connection.prepareForReading()
    return try ReadSession(connection: connection)
  }
}
