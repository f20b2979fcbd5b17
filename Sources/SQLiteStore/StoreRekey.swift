package import Seams

/// Seals everything in a database anew.
package struct StoreRekey: ~Copyable {
  /// Opens a value that was sealed for a purpose, and seals it under another key.
  package typealias Resealing = (_ sealed: [UInt8], _ purpose: String)
    throws(VaultFailure) -> [UInt8]

  private let folder: ExclusiveFolder
  private let connection: Connection

  /// Opens the database of a folder.
  ///
  /// - Throws: `StoreFailure` as `SQLiteStore` does.
  package init(_ folder: ExclusiveFolder) throws(StoreFailure) {
    let database = try DataFolder(folder.path).database
    let connection = try Self.failing { () throws(SQLiteError) in
      try Connection.open(database, StoreSettings())
    }
    let refusal = try Self.failing { () throws(SQLiteError) in
      try Schema.refusal(of: connection)
    }
    if let refusal { throw refusal }
    try Self.failing { () throws(SQLiteError) in
      try connection.prepareForWriting(StoreSettings())
    }
    self.folder = folder
    self.connection = connection
  }

  /// Some value that the vault sealed; `nil` when there is none.
  package func sample() throws(StoreFailure) -> [UInt8]? {
    try failing { connection throws(SQLiteError) in try SealedColumn.sample(in: connection) }
  }

  /// Changes all sealed values in one transaction: either all of them or none.
  ///
  /// - Returns: How many there are.
  /// - Throws: `StoreFailure`, also when a value does not open; nothing has changed then.
  package func run(_ reseal: Resealing) throws(StoreFailure) -> Int {
    try execute("BEGIN IMMEDIATE")
    var count = 0
    do throws(StoreFailure) {
      for column in SealedColumn.all { count += try change(column, reseal) }
      try execute("COMMIT")
    } catch {
      try? connection.execute("ROLLBACK")
      throw error
    }
    // What was sealed under the former key is not to stay in the log.
    try execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return count
  }

  private struct SealedValue {
    var key: Int64
    var names: [String]
    var sealed: [UInt8]
  }

  private func change(_ column: SealedColumn, _ reseal: Resealing) throws(StoreFailure) -> Int {
    var (count, last) = (0, Int64(0))
    while case let values = try values(of: column, after: last), let final = values.last {
      for value in values {
        let sealed: [UInt8]
        do throws(VaultFailure) {
          sealed = try reseal(value.sealed, column.purpose(value.names))
        } catch {
          throw Self.unreadable(column, value, error)
        }
        try save(sealed, value, column)
      }
      count += values.count
      last = final.key
      guard column.hasKeys else { break }
    }
    return count
  }

  private func values(of column: SealedColumn, after key: Int64)
    throws(StoreFailure) -> [SealedValue]
  {
    try failing { connection throws(SQLiteError) in
      try Statement(column.rows, on: connection).all(column.hasKeys ? [.integer(key)] : []) { row in
        let names = (1...3).map { row.text($0) }
        return SealedValue(key: row.integer(0), names: names, sealed: row.bytes(4))
      }
    }
  }

  private func save(_ sealed: [UInt8], _ value: SealedValue, _ column: SealedColumn)
    throws(StoreFailure)
  {
    let names = value.names.filter { !$0.isEmpty }.map(SQLValue.text)
    try failing { connection throws(SQLiteError) in
      try Statement(column.update, on: connection)
        .run([.blob(sealed)] + (column.hasKeys ? [.integer(value.key)] : names))
    }
  }

  private static func unreadable(
    _ column: SealedColumn,
    _ value: SealedValue,
    _ failure: VaultFailure
  ) -> StoreFailure {
    let name = value.names.filter { !$0.isEmpty }.joined(separator: " ")
    return StoreFailure(
      .io,
      "the \(column.name) '\(name)' does not open under the present key: \(failure.message)",
      advice: "use the key under which it was written, or delete it; nothing was changed"
    )
  }

  // MARK: Failures

  private func execute(_ sql: String) throws(StoreFailure) {
    try failing { connection throws(SQLiteError) in try connection.execute(sql) }
  }

  private func failing<Value>(_ body: (borrowing Connection) throws(SQLiteError) -> Value)
    throws(StoreFailure) -> Value
  {
    do throws(SQLiteError) { return try body(connection) } catch { throw error.failure }
  }

  private static func failing<Value: ~Copyable>(_ body: () throws(SQLiteError) -> Value)
    throws(StoreFailure) -> Value
  {
    do throws(SQLiteError) { return try body() } catch { throw error.failure }
  }
}
