package import Timekeeping

/// A connection record as it is stored; its parameters are sealed.
package struct StoredConnection: Hashable, Sendable {
  package var name: String
  package var connector: String
  /// Everything else as JSON in UTF-8, sealed by the vault for `connection/<name>`.
  package var sealed: [UInt8]
  package var updated: Timestamp

  package init(name: String, connector: String, sealed: [UInt8], updated: Timestamp) {
    self.name = name
    self.connector = connector
    self.sealed = sealed
    self.updated = updated
  }
}
