/// How a store opens its database.
package struct StoreSettings: Hashable, Sendable {
  /// How long a write waits for the lock of another process; default 10 s.
  package var busyTimeout: Duration
  /// The most pages of 4096 bytes that the database may have; default no limit but the disk.
  package var pageLimit: Int?

  package init(busyTimeout: Duration = .seconds(10), pageLimit: Int? = nil) {
    self.busyTimeout = busyTimeout
    self.pageLimit = pageLimit
  }
}
