import Contracts
import Engine
import Foundation
import Seams
import Testing

@testable import SQLiteStore

/// What may lie in a data folder.
@Suite struct OpeningTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ path: String? = nil) throws(StoreFailure) -> SQLiteStore {
    try SQLiteStore(folder: path ?? folder.path, owner: Samples.owner)
  }

  private func refusal(_ path: String? = nil) -> StoreFailure? {
    do throws(StoreFailure) {
      _ = try open(path)
      return nil
    } catch {
      return error
    }
  }

  private func place(_ bytes: Data) throws {
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try bytes.write(to: URL(filePath: folder.database))
  }

  private func change(_ sql: String) throws {
    try Connection(path: folder.database).execute(sql)
  }

  @Test func `a new folder and its files are private`() async throws {
    let store = try open()
    try await store.append(Samples.creation(RunID("r")))
    let expected = [
      "": 0o700, "/owners": 0o700, "/weir.db": 0o600, "/weir.db-wal": 0o600, "/weir.db-shm": 0o600,
      "/owners/process-1.lock": 0o600,
    ]
    for (path, mode) in expected {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + path)
      #expect(attributes[.posixPermissions] as? Int == mode, "\(path)")
    }
  }

  @Test func `an empty file becomes a store`() async throws {
    try place(Data())
    try await open().append(Samples.creation(RunID("r")))
  }

  @Test(arguments: [
    Data("this is no database, just text that is long enough to look at. ".utf8),
    Data(repeating: 0xFF, count: 10_000), Data([0]),
  ])
  func `a file that is no database stays as it is`(_ bytes: Data) throws {
    try place(bytes)
    let failure = try #require(refusal())
    #expect(failure.kind == .corrupt)
    #expect(failure.advice?.contains("weir admin restore FILE") == true)
    #expect(try Data(contentsOf: URL(filePath: folder.database)) == bytes)
  }

  @Test(arguments: [0.3, 0.9])
  func `a truncated store is corrupt`(_ part: Double) async throws {
    let store = try open()
    for number in 0..<50 { try await store.append(Samples.creation(RunID("run-\(number)"))) }
    await store.close()
    let bytes = try Data(contentsOf: URL(filePath: folder.database))
    try place(bytes.prefix(Int(Double(bytes.count) * part)))
    let kind = await failureKind { () async throws(StoreFailure) in
      let store = try open()
      for number in 0..<50 { _ = try await store.journal(of: RunID("run-\(number)")) }
    }
    #expect(kind == .corrupt)
  }

  @Test func `a store of a newer version is refused and stays as it is`() async throws {
    try await open().close()
    try change("PRAGMA user_version = 999")
    let failure = try #require(refusal())
    #expect(failure.kind == .newerVersion)
    #expect(failure.message.contains("version 999"))
    #expect(failure.advice?.contains("use the newer program") == true)
  }

  @Test func `a database of another application is refused and stays as it is`() throws {
    try place(Data())
    try change("CREATE TABLE notes (text)")
    let failure = try #require(refusal())
    #expect(failure.kind == .corrupt)
    #expect(failure.message.contains("another application"))
  }

  @Test func `a folder that cannot be made says why`() throws {
    let missing = try #require(refusal("\(folder.path)/a/b"))
    #expect(missing.kind == .io)
    #expect(missing.advice?.contains("create the folder above it first") == true)
    let file = folder.path
    try Data().write(to: URL(filePath: file))
    let blocked = try #require(refusal(file))
    #expect(blocked.kind == .io)
  }

  @Test(arguments: [(EROFS, StoreFailure.Kind.readOnly), (EACCES, .readOnly), (ENOSPC, .diskFull)])
  func `codes of the system have a meaning`(_ code: Int32, _ kind: StoreFailure.Kind) {
    let failure = DataFolder.failure("open", "/data", code)
    #expect(failure.kind == kind)
    #expect(failure.message.hasPrefix("cannot open '/data': "))
  }

  @Test func `a database that cannot be written is read-only`() async throws {
    try await open().close()
    let connection = try Connection(path: folder.database)
    try connection.prepareForReading()
    let error = #expect(throws: SQLiteError.self) { try connection.execute("DELETE FROM runs") }
    #expect(error?.failure.kind == .readOnly)
  }

  @Test func `a name that is no file name is refused`() {
    for name in ["", "a/b", "..", "é", String(repeating: "x", count: 201)] {
      #expect(throws: StoreFailure.self) {
        try SQLiteStore(folder: folder.path, owner: OwnerID(name))
      }
    }
  }

  @Test func `many processes open a new folder at once`() async throws {
    try await withThrowingTaskGroup { group in
      for number in 0..<8 {
        group.addTask {
          let owner = OwnerID("process-\(number)")
          let store = try SQLiteStore(folder: folder.path, owner: owner)
          let run = RunID("run-\(number)")
          var append = Samples.creation(run, record: Samples.record(run, owner: owner))
          append.owner = owner
          try await store.append(append)
          await store.close()
        }
      }
      try await group.waitForAll()
    }
    let runs = try await open().runs(matching: RunQuery())
    #expect(runs.count == 8)
  }
}
