/// How a store opens its database.
package struct StoreSettings: Hashable, Sendable {
  /// When the system is asked to bring what was written to the disk.
  ///
  /// Source: https://www.sqlite.org/pragma.html#pragma_synchronous
  package enum Synchronous: String, Hashable, Sendable, CaseIterable {
    /// Before a write returns: a power cut loses nothing that was acknowledged.
    case full
    /// Now and then: a power cut loses the last writes, and leaves a sound database without them.
    case normal
  }

  /// How long a write waits for the lock of another process; default 10 s.
  package var busyTimeout: Duration
  /// The most pages of 4096 bytes that the database may have; default no limit but the disk.
  package var pageLimit: Int?
  package var synchronous: Synchronous
  /// After how many pages the write-ahead log is brought into the database; default 4000.
  package var checkpointPages: Int
  /// The file system of SQLite to use, by its name; default that of the machine.
  package var fileSystem: String?

  package init(
    busyTimeout: Duration = .seconds(10),
    pageLimit: Int? = nil,
    synchronous: Synchronous = .full,
    checkpointPages: Int = 4000,
    fileSystem: String? = nil
  ) {
    self.busyTimeout = busyTimeout
    self.pageLimit = pageLimit
    self.synchronous = synchronous
    self.checkpointPages = checkpointPages
    self.fileSystem = fileSystem
  }
}
