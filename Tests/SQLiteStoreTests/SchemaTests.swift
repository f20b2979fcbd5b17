import Foundation
import Testing

@testable import SQLiteStore

@Suite final class SchemaTests {
  private let folder: TemporaryFolder
  private let connection: Connection

  init() throws {
    folder = try TemporaryFolder()
    _ = try DataFolder(folder.path)
    connection = try Connection(path: folder.database)
  }

  @Test func `an empty file is brought to the current version`() throws {
    try Schema.migrate(connection)
    #expect(try connection.integer("PRAGMA user_version") == Int64(Schema.version))
    #expect(try connection.integer("PRAGMA application_id") == Schema.applicationID)
    #expect(try Schema.refusal(of: connection) == nil)
  }

  @Test func `migrating twice changes nothing`() throws {
    try Schema.migrate(connection)
    let before = try connection.integer("PRAGMA schema_version")
    try Schema.migrate(connection)
    #expect(try connection.integer("PRAGMA schema_version") == before)
  }

  @Test func `a failing migration leaves the file as it was`() throws {
    try connection.execute("CREATE TABLE calls (taken)")
    #expect(throws: SQLiteError.self) { try Schema.migrate(connection) }
    let other = try Connection(path: folder.database)
    #expect(try other.integer("PRAGMA user_version") == 0)
    #expect(try other.integer("SELECT count(*) FROM sqlite_schema") == 1)
  }

  @Test func `a file of the version before keeps what it has`() throws {
    try connection.execute(
      """
      \(Schema.initial)
      PRAGMA user_version = 1;
      PRAGMA application_id = \(Schema.applicationID);
      INSERT INTO connections (name, connector, sealed, updated) VALUES ('a', 'sms', x'01', 2);
      """
    )
    try Schema.migrate(connection)
    #expect(try connection.integer("PRAGMA user_version") == Int64(Schema.version))
    #expect(try connection.integer("SELECT updated FROM connections WHERE name = 'a'") == 2)
    #expect(try connection.integer("SELECT count(*) FROM tokens") == 0)
  }
}
