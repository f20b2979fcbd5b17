import Seams

/// The tables, as numbered migrations.
///
/// The number of the last one applied is the `user_version` of the file. A migration is never
/// changed once released; each is tested from a file of the version before.
enum Schema {
  /// Element `n` leads from version `n` to `n + 1`.
  static let migrations: [String] = [initial, tokens, triggers, replays]

  static var version: Int { migrations.count }

  /// Marks the file as ours: `Weir` in ASCII.
  static let applicationID: Int64 = 0x5765_6972

  /// Why this program cannot use the database: `newerVersion`, or `corrupt` when it belongs to
  /// another application; `nil` when it can.
  static func refusal(of connection: borrowing Connection) throws(SQLiteError) -> StoreFailure? {
    let found = try version(of: connection)
    let application = try connection.integer("PRAGMA application_id")
    let tables = try connection.integer("SELECT count(*) FROM sqlite_schema")
    guard application == applicationID || application == 0 && found == 0 && tables == 0 else {
      let message = "the database belongs to another application"
      return StoreFailure(.corrupt, message, advice: "choose another data folder")
    }
    guard found > version else { return nil }
    let message = "the data folder is of version \(found), this program knows up to \(version)"
    return StoreFailure(.newerVersion, message, advice: "use the newer program")
  }

  /// Brings a database to the current version, each migration in its own transaction.
  static func migrate(_ connection: borrowing Connection) throws(SQLiteError) {
    let found = try version(of: connection)
    for (index, migration) in migrations.enumerated().dropFirst(found) {
      try connection.execute(
        """
        BEGIN IMMEDIATE;
        \(migration)
        PRAGMA user_version = \(index + 1);
        PRAGMA application_id = \(applicationID);
        COMMIT;
        """
      )
    }
  }

  private static func version(of connection: borrowing Connection) throws(SQLiteError) -> Int {
    Int(try connection.integer("PRAGMA user_version") ?? 0)
  }
}
