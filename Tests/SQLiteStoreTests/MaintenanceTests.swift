import Contracts
import Engine
import Foundation
import Seams
import Testing

@testable import SQLiteStore

@Suite struct MaintenanceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a backup is a private, complete store`() async throws {
    let store = try SQLiteStore(folder: folder.path, owner: Samples.owner)
    try await store.append(Samples.creation(RunID("r")))
    let copy = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: copy.path, withIntermediateDirectories: true)
    try store.backup(to: copy.database)
    let attributes = try FileManager.default.attributesOfItem(atPath: copy.database)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    try await store.append(Samples.addition(RunID("r"), after: 1))
    let restored = try SQLiteStore(folder: copy.path, owner: Samples.owner)
    let entries = try await restored.journal(of: RunID("r"))
    #expect(entries == Samples.entries(1...1))
  }

  @Test func `a backup overwrites nothing`() throws {
    let store = try SQLiteStore(folder: folder.path, owner: Samples.owner)
    let before = try Data(contentsOf: URL(filePath: folder.database))
    let failure = #expect(throws: StoreFailure.self) { try store.backup(to: folder.database) }
    #expect(failure?.kind == .exists)
    #expect(try Data(contentsOf: URL(filePath: folder.database)) == before)
  }

  @Test func `a sound store has no findings, a damaged one has`() async throws {
    let store = try SQLiteStore(folder: folder.path, owner: Samples.owner)
    for number in 0..<50 { try await store.append(Samples.creation(RunID("run-\(number)"))) }
    #expect(try store.check().isEmpty)
    try Connection(path: folder.database).execute(
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'events';
      """
    )
    await store.close()
    let reopened = Result { try SQLiteStore(folder: folder.path, owner: Samples.owner).check() }
    #expect((try? reopened.get())?.isEmpty != true)
  }
}
