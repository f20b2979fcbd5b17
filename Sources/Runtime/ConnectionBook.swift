package import Diagnostics
import OrderedJSON
import Seams
import Timekeeping

/// The connections in the store.
///
/// A name stands for one connection; who does not own it may have another one under the same name.
package struct ConnectionBook: Sendable {
  /// A connection with the name of its row.
  package struct Entry: Sendable {
    package var key: String
    package var connector: String
    /// `nil` when it cannot be opened with this key.
    package var record: ConnectionRecord?

    package init(key: String, connector: String, record: ConnectionRecord?) {
      self.key = key
      self.connector = connector
      self.record = record
    }
  }

  private let environment: Environment

  package init(environment: Environment) { self.environment = environment }

  /// The connection that a name stands for to a user: their own first.
  ///
  /// - Throws: K0102 when it cannot be read.
  package func find(_ name: String, for user: String) async throws(Diagnostic) -> Entry? {
    if let own = try await entry(Self.ownKey(name, user)) { return own }
    return try await entry(name.lowercased())
  }

  /// All connections, by name.
  ///
  /// - Throws: K0102 when the store cannot be read.
  package func entries() async throws(Diagnostic) -> [Entry] {
    let store = environment.store
    let rows = try await asking { () async throws(StoreFailure) in try await store.connections() }
    return rows.map { Entry(key: $0.name, connector: $0.connector, record: opened($0)) }
  }

  /// Under which key a new connection of a user goes; `nil` when they have one of this name.
  ///
  /// - Throws: K0102 when the store cannot be read.
  package func freeKey(_ name: String, for user: String) async throws(Diagnostic) -> String? {
    guard let found = try await find(name, for: user) else { return name.lowercased() }
    return found.record?.owner == user ? nil : Self.ownKey(name, user)
  }

  /// Saves a connection, sealed.
  ///
  /// - Throws: K0102 when it cannot be sealed or stored.
  package func save(_ record: ConnectionRecord, under key: String) async throws(Diagnostic) {
    let row = try row(record, under: key)
    let store = environment.store
    try await asking { () async throws(StoreFailure) in try await store.saveConnection(row) }
  }

  /// What the store keeps of a connection.
  ///
  /// - Throws: K0102 when it cannot be sealed.
  func row(_ record: ConnectionRecord, under key: String) throws(Diagnostic) -> StoredConnection {
    let sealed: [UInt8]
    do throws(VaultFailure) {
      sealed = try environment.vault.seal(record.json.bytes, for: SealPurpose.connection(key))
    } catch {
      throw Self.unreadable(key)
    }
    return StoredConnection(
      name: key,
      connector: record.connector,
      sealed: sealed,
      updated: environment.clock.now()
    )
  }

  /// Removes a connection; its token goes with `TokenSource.forget`.
  ///
  /// - Throws: K0102 when the store cannot be written.
  package func delete(_ key: String) async throws(Diagnostic) {
    let store = environment.store
    _ = try await asking { () async throws(StoreFailure) in try await store.deleteConnection(key) }
  }

  /// Notes that credentials work or not, when that is news.
  func mark(_ key: String, _ status: ConnectionRecord.Status) async {
    guard var record = (try? await entry(key))?.record, record.status != status else { return }
    record.status = status
    try? await save(record, under: key)
  }

  // MARK: Rows

  private static func ownKey(_ name: String, _ user: String) -> String {
    "\(name.lowercased())@\(user)"
  }

  private func entry(_ key: String) async throws(Diagnostic) -> Entry? {
    let store = environment.store
    let row = try await asking { () async throws(StoreFailure) in try await store.connection(key) }
    return row.map { Entry(key: $0.name, connector: $0.connector, record: opened($0)) }
  }

  private func opened(_ row: StoredConnection) -> ConnectionRecord? {
    guard
      let bytes = try? environment.vault.open(row.sealed, for: SealPurpose.connection(row.name)),
      let value = try? JSON(parsing: bytes)
    else { return nil }
    return ConnectionRecord(value, of: row)
  }

  package static func unreadable(_ name: String) -> Diagnostic {
    Diagnostic(
      .unreadableConnection,
      "the stored connection '\(name)' cannot be read",
      hint: "check WEIR_MASTER_KEY or the key file of the data folder"
    )
  }

  private func asking<Value: Sendable>(_ body: () async throws(StoreFailure) -> Value)
    async throws(Diagnostic) -> Value
  {
    do throws(StoreFailure) { return try await body() } catch {
      throw Diagnostic(
        .unreadableConnection,
        "the stored connections cannot be used: \(error.message)",
        hint: "check the data folder"
      )
    }
  }
}
