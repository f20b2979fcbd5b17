import CSQLite
import Contracts
import Engine
import Foundation
import Seams
import Testing
import Timekeeping

@testable import SQLiteStore

/// What happens to writes when the disk or the database does not do its part.
@Suite struct FailureTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func large(_ run: RunID, _ byteCount: Int) -> JournalAppend {
    var append = Samples.creation(run)
    append.entries[0].data = [UInt8](repeating: 1, count: byteCount)
    return append
  }

  @Test func `a full disk fails the write, keeps nothing of it, and the store goes on`()
    async throws
  {
    let settings = StoreSettings(pageLimit: 60)
    let store = try SQLiteStore(folder: folder.path, owner: Samples.owner, settings: settings)
    let small = RunID("small")
    try await store.append(Samples.creation(small))
    let failure = await #expect(throws: StoreFailure.self) {
      try await store.append(Self.large(RunID("large"), 1_000_000))
    }
    #expect(failure?.kind == .diskFull)
    #expect(failure?.advice?.contains("free some disk space") == true)
    let record = try await store.run(RunID("large"))
    #expect(record == nil)
    try await store.append(Samples.addition(small, after: 1))
    let entries = try await store.journal(of: small)
    #expect(entries == Samples.entries(1...2))
    try await store.append(Self.large(RunID("large"), 1000))
  }

  @Test func `a disk that fills up in the middle of a batch fails it and loses nothing before`()
    async throws
  {
    await #expect(processExitsWith: .success) { [path = folder.path as String] in
      signal(SIGXFSZ, SIG_IGN)
      let store = try SQLiteStore(folder: path, owner: Samples.owner)
      try await store.append(Samples.creation(RunID("before")))
      var limit = rlimit(rlim_cur: 200_000, rlim_max: .max)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      let kinds = await withTaskGroup { group in
        for number in 0..<10 {
          group.addTask {
            await failureKind { () async throws(StoreFailure) in
              try await store.append(FailureTests.large(RunID("run-\(number)"), 300_000))
            }
          }
        }
        return await group.reduce(into: Set()) { $0.insert($1) }
      }
      limit.rlim_cur = .max
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      try await store.append(Samples.addition(RunID("before"), after: 1))
      let count = try await store.runs(matching: RunQuery()).count
      await store.close()
      guard count == 1, kinds.isSubset(of: [.diskFull, .io]) else { exit(1) }
      exit(0)
    }
    let store = try SQLiteStore(folder: folder.path, owner: OwnerID("process-2"))
    let entries = try await store.journal(of: RunID("before"))
    #expect(entries == Samples.entries(1...2))
  }

  @Test func `a write that cannot be done does not harm its batch-mates`() async throws {
    let store = try SQLiteStore(folder: folder.path, owner: Samples.owner)
    let failures = await withTaskGroup { group in
      for number in 0..<100 {
        group.addTask {
          await failureKind { () async throws(StoreFailure) in
            try await store.append(Samples.creation(RunID("run-\(number)")))
          }
        }
        group.addTask {
          await failureKind { () async throws(StoreFailure) in
            try await store.writer.write { session throws(SQLiteError) -> Result<Void, _> in
              try session.connection.execute("DELETE FROM runs")
              throw SQLiteError(code: SQLITE_TOOBIG, sql: "INSERT")
            }
          }
        }
      }
      return await group.reduce(0) { $0 + ($1 == nil ? 0 : 1) }
    }
    #expect(failures == 100)
    let runs = try await store.runs(matching: RunQuery())
    #expect(runs.count == 100)
  }

  @Test func `a lock that another process keeps too long is reported, and no more than that`()
    async throws
  {
    let settings = StoreSettings(busyTimeout: .zero)
    let store = try SQLiteStore(folder: folder.path, owner: Samples.owner, settings: settings)
    let other = try Connection(path: folder.database)
    try other.execute("BEGIN IMMEDIATE")
    let kind = await failureKind { () async throws(StoreFailure) in
      try await store.append(Samples.creation(RunID("r")))
    }
    #expect(kind == .busy)
    try other.execute("COMMIT")
    try await store.append(Samples.creation(RunID("r")))
  }

  @Test func `a sign-in that dies half way leaves the former one`() async throws {
    let store = try SQLiteStore(folder: folder.path, owner: Samples.owner)
    func token(_ byte: UInt8) -> StoredToken {
      StoredToken(key: "a", sealed: [byte], updated: Samples.start)
    }
    _ = try await store.leaseToken("a", takingOver: nil)
    _ = try await store.saveToken(token(1), fence: 1)
    _ = try await store.leaseToken("a", takingOver: nil)
    // The connection comes after the token in the transaction.
    try Connection(path: folder.database).execute("DROP TABLE connections")
    await #expect(throws: StoreFailure.self) {
      try await store.saveConnection(
        StoredConnection(name: "a", connector: "mail", sealed: [2], updated: Samples.start),
        token: token(2),
        fence: 2
      )
    }
    #expect(try await store.token("a") == token(1))
  }

  @Test func `messages show statements, not values`() async throws {
    let store = try SQLiteStore(folder: folder.path, owner: Samples.owner)
    try Connection(path: folder.database).execute("DROP TABLE connections")
    let connection = StoredConnection(
      name: "secret",
      connector: "secret",
      sealed: Array("secret".utf8),
      updated: Samples.start
    )
    let failure = await #expect(throws: StoreFailure.self) {
      try await store.saveConnection(connection)
    }
    #expect(failure?.message.contains("INSERT INTO connections") == true)
    #expect(failure?.message.contains("secret") == false)
  }
}
