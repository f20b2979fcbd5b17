import CSQLite
import Contracts
import Engine
import Fixtures
import Foundation
import Seams
import Synchronization
import Testing

@testable import SQLiteStore

/// What becomes of a store whose disk fails.
@Suite struct DiskFaultTests {
  private let folder: TemporaryFolder
  private let disk: FaultyDisk

  init() throws {
    folder = try TemporaryFolder()
    disk = try FaultyDisk()
  }

  struct FaultCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var fault: FaultyDisk.Fault
    var kind: StoreFailure.Kind
    var advice: String

    init(_ name: String, _ fault: FaultyDisk.Fault, _ kind: StoreFailure.Kind, _ advice: String) {
      testDescription = name
      self.fault = fault
      self.kind = kind
      self.advice = advice
    }
  }

  private static func fault(
    _ operation: FaultyDisk.Operation,
    _ code: Int32,
    skip: Int = 60,
    isHalfDone: Bool = false
  ) -> FaultyDisk.Fault {
    FaultyDisk.Fault(
      operation: operation,
      skip: skip,
      count: .max,
      code: code,
      isHalfDone: isHalfDone
    )
  }

  static let cases = [
    FaultCase("a full disk", fault(.write, SQLITE_FULL), .diskFull, "free some disk space"),
    FaultCase(
      "a short write",
      fault(.write, SQLITE_FULL, isHalfDone: true),
      .diskFull,
      "free some disk space"
    ),
    FaultCase(
      "a failed write",
      fault(.write, SQLITE_IOERR | 3 << 8, isHalfDone: true),
      .diskFull,
      "nothing of this write was kept"
    ),
    FaultCase(
      "a failed fsync",
      fault(.sync, SQLITE_IOERR | 4 << 8, skip: 6),
      .io,
      "check it and the system log"
    ),
  ]

  @Test(arguments: cases)
  func `what was acknowledged is kept, what was not can be tried again`(_ fault: FaultCase)
    async throws
  {
    let troubles = Troubles()
    let store = try open(onTrouble: { troubles.add($0) })
    let load = AppendLoad(on: store)
    disk.fail(fault.fault)
    let disk = disk
    await load.run(entries: 40) { refusals in if refusals == 12 { disk.recover() } }
    #expect(load.refusals.count >= 12)
    #expect(load.refusals.allSatisfy { $0.kind == fault.kind })
    #expect(load.refusals.allSatisfy { $0.advice?.contains(fault.advice) == true })
    #expect(store.trouble == nil)
    #expect(troubles.kinds == [fault.kind, nil])
    // Opened from a copy, as after a crash.
    try await expectAll(load.counts, in: try copy())
    #expect(load.counts.values.allSatisfy { $0 == 40 })
  }

  @Test func `who has nothing to write notices that the disk works again`() async throws {
    let store = try open()
    disk.fail(Self.fault(.write, SQLITE_FULL, skip: 0))
    let kind = await failureKind { () async throws(StoreFailure) in
      try await store.append(Samples.creation(RunID("r")))
    }
    #expect(kind == .diskFull && store.trouble?.kind == .diskFull)
    await store.retryWriting()
    #expect(store.trouble?.kind == .diskFull)
    disk.recover()
    await store.retryWriting()
    #expect(store.trouble == nil)
    try await store.append(Samples.creation(RunID("r")))
  }

  @Test func `a disk that cannot be read is reported, and read again when it can`() async throws {
    // Enough that not everything is kept in memory.
    let settings = StoreSettings(checkpointPages: 10, fileSystem: disk.name)
    let store = try SQLiteStore(folder: folder.path, owner: Samples.owner, settings: settings)
    let load = AppendLoad(on: store)
    await load.run(entries: 100)
    disk.fail(Self.fault(.read, SQLITE_IOERR | 1 << 8, skip: 0))
    let failure = await #expect(throws: StoreFailure.self) {
      for run in load.counts.keys { _ = try await store.journal(of: run) }
    }
    #expect(failure?.kind == .io)
    #expect(failure?.advice?.contains("the disk cannot be read") == true)
    disk.recover()
    for (run, count) in load.counts {
      #expect(try await store.journal(of: run).count == count)
    }
  }

  @Test func `a disk that fails while the store is opened refuses it and harms nothing`()
    async throws
  {
    let load = AppendLoad(on: try open())
    await load.run(entries: 5)
    for operation in [FaultyDisk.Operation.read, .write, .sync] {
      for skip in 0..<4 {
        let code = operation == .read ? SQLITE_IOERR | 1 << 8 : SQLITE_FULL
        disk.fail(Self.fault(operation, code, skip: skip))
        _ = try? open(OwnerID("process-\(operation)-\(skip)"))
      }
    }
    disk.recover()
    try await expectAll(load.counts, in: try copy())
  }

  // MARK: Power cuts

  @Test(arguments: 0..<12)
  func `a power cut loses nothing that was acknowledged`(seed: UInt64) async throws {
    let counts = try await countsAfterPowerCut(seed, .full)
    for (run, (acknowledged, found)) in counts {
      #expect(found >= acknowledged, "\(run) had \(acknowledged) entries")
    }
  }

  @Test(arguments: 0..<12)
  func `a power cut after a failed fsync loses nothing that was acknowledged`(seed: UInt64)
    async throws
  {
    let fault = FaultyDisk.Fault(
      operation: .sync,
      skip: Int(seed) * 3,
      count: 3,
      code: SQLITE_IOERR | 4 << 8
    )
    let counts = try await countsAfterPowerCut(seed, .full, fault)
    for (run, (acknowledged, found)) in counts {
      #expect(found >= acknowledged, "\(run) had \(acknowledged) entries")
    }
  }

  @Test func `without full synchronisation a power cut loses the last writes, and no more`()
    async throws
  {
    var lostCount = 0
    for seed in UInt64(0)..<12 {
      let counts = try await DiskFaultTests().countsAfterPowerCut(seed, .normal)
      lostCount += counts.values.reduce(0) { $0 + max(0, $1.acknowledged - $1.found) }
    }
    #expect(lostCount > 0)
  }

  /// What was acknowledged when the power failed, and what a sound store has of it afterwards.
  private func countsAfterPowerCut(
    _ seed: UInt64,
    _ synchronous: StoreSettings.Synchronous,
    _ fault: FaultyDisk.Fault? = nil
  ) async throws -> [RunID: (acknowledged: Int, found: Int)] {
    var random = SeededGenerator(state: seed)
    let settings = StoreSettings(
      synchronous: synchronous,
      checkpointPages: 40,
      fileSystem: disk.name
    )
    let store = try SQLiteStore(folder: folder.path, owner: Samples.owner, settings: settings)
    let load = AppendLoad(on: store)
    await load.run(entries: 5)
    if let fault { disk.fail(fault) }
    let image = folder.path + "-after"
    async let writing: Void = load.run(entries: 30)
    while load.counts.values.reduce(0, +) < 60 + Int(seed) * 10 { await Task.yield() }
    let acknowledged = load.counts
    try disk.cutPower(into: image, &random)
    await writing
    let restarted = try SQLiteStore(folder: image, owner: OwnerID("process-2"))
    #expect(try restarted.check().isEmpty)
    var counts: [RunID: (acknowledged: Int, found: Int)] = [:]
    for (run, count) in acknowledged {
      let entries = try await restarted.journal(of: run)
      #expect(entries == (0..<entries.count).map { AppendLoad.entry($0 + 1) })
      counts[run] = (count, entries.count)
    }
    return counts
  }

  // MARK: Parts

  private func open(
    _ owner: OwnerID = Samples.owner,
    onTrouble: @escaping SQLiteStore.TroubleObserver = { _ in }
  ) throws(StoreFailure) -> SQLiteStore {
    try SQLiteStore(
      folder: folder.path,
      owner: owner,
      settings: StoreSettings(checkpointPages: 100, fileSystem: disk.name),
      onTrouble: onTrouble
    )
  }

  /// What a killed process would leave.
  private func copy() throws -> SQLiteStore {
    let target = folder.path + "-copy"
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    for name in ["weir.db", "weir.db-wal"] {
      try FileManager.default.copyItem(
        atPath: "\(folder.path)/\(name)",
        toPath: "\(target)/\(name)"
      )
    }
    return try SQLiteStore(folder: target, owner: OwnerID("process-2"))
  }

  private func expectAll(_ counts: [RunID: Int], in store: SQLiteStore) async throws {
    #expect(try store.check().isEmpty)
    for (run, count) in counts {
      let entries = try await store.journal(of: run)
      #expect(entries == (0..<count).map { AppendLoad.entry($0 + 1) })
    }
  }

  private final class Troubles: Sendable {
    private let heard = Mutex<[StoreFailure.Kind?]>([])

    var kinds: [StoreFailure.Kind?] { heard.withLock { $0 } }

    func add(_ trouble: StoreFailure?) { heard.withLock { $0.append(trouble?.kind) } }
  }
}
