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

  @Test func `a file of version 1 keeps what it has`() throws {
    try create(
      version: 1,
      "INSERT INTO connections (name, connector, sealed, updated) VALUES ('a', 'sms', x'01', 2)"
    )
    try Schema.migrate(connection)
    #expect(try connection.integer("PRAGMA user_version") == Int64(Schema.version))
    #expect(try connection.integer("SELECT updated FROM connections WHERE name = 'a'") == 2)
    #expect(try connection.integer("SELECT count(*) FROM tokens") == 0)
  }

  @Test func `a file of version 2 keeps what it has`() throws {
    try create(version: 2, "INSERT INTO tokens (key, sealed, fence) VALUES ('a', x'01', 7)")
    try Schema.migrate(connection)
    #expect(try connection.integer("PRAGMA user_version") == Int64(Schema.version))
    #expect(try connection.integer("SELECT fence FROM tokens WHERE key = 'a'") == 7)
    for table in ["flows", "triggers", "fires", "messages", "access_tokens", "audit"] {
      #expect(try connection.integer("SELECT count(*) FROM \(table)") == 0)
    }
  }

  @Test func `replays that version 3 intended stay intended, and other events stay`() throws {
    try create(
      version: 3,
      """
      INSERT INTO fires (flow, trigger, identity, status, intended, actual, run, payload) VALUES
        ('order', '@replay', 'run-0', 'Waiting', 1, 1, NULL, x'00'),
        ('@replay', 'bulk-2', 'run-3', 'Succeeded', 1, 1, 'run-9', NULL),
        ('@replay', 'bulk-2', 'run-2', 'Waiting', 1, 1, NULL, x'02'),
        ('@replay', 'bulk-1', 'run-4', 'Failed', 1, 1, NULL, NULL),
        ('@replay', 'bulk-2', 'run-1', 'Waiting', 1, 1, NULL, x'01')
      """
    )
    try Schema.migrate(connection)
    #expect(try texts("SELECT flow || trigger FROM fires") == ["order@replay"])
    #expect(
      try texts("SELECT name || hex(sealed_order) || sealed_run FROM bulks") == ["bulk-202run-2"]
    )
    #expect(try texts("SELECT run FROM replays ORDER BY place") == ["run-2", "run-1"])
  }

  private func texts(_ query: String) throws -> [String] {
    try Statement(query, on: connection).all([]) { $0.text(0) }
  }

  private func create(version: Int, _ content: String) throws {
    try connection.execute(
      """
      \(Schema.migrations.prefix(version).joined())
      PRAGMA user_version = \(version);
      PRAGMA application_id = \(Schema.applicationID);
      \(content);
      """
    )
  }
}
