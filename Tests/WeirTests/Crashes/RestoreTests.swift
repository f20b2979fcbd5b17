import Fixtures
import Foundation
import OrderedJSON
import Testing

/// `weir admin backup` and `weir admin restore`.
@Suite struct RestoreTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private var backup: String { place.root.appending(path: "backup.db").path }

  private func runs(_ options: String...) async throws -> [String] {
    let words = ["run", "list", "--limit", "9999", "--output", "json"] + options
    let outcome = try await place.start(words).end()
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    return try JSON(parsing: outcome.output).arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
  }

  private func start(_ count: Int, _ sandbox: SandboxServer) async throws {
    let outcome = try await place.weir(
      "run",
      "start",
      "onboard-user",
      "--count",
      "\(count)",
      environment: sandbox.environment
    )
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
  }

  @Test func `a backup that was made while runs went on is restored, and its runs go on`()
    async throws
  {
    let sandbox = try await SandboxServer(in: place)
    try await start(3, sandbox)
    try await sandbox.holdRequest(after: 2)
    let process = try place.start(
      ["run", "start", "onboard-user"],
      environment: sandbox.environment
    )
    try await sandbox.waitForHeldRequest()
    let refused = try await place.weir("admin", "restore", "definitions/none.db")
    #expect(refused.exitCode == 4)
    #expect(try await place.weir("admin", "backup", backup).exitCode == 0)
    let busy = try await place.weir("admin", "restore", backup)
    #expect(busy.exitCode == 5 && busy.errors.contains("another process works on"))
    process.kill()
    _ = try await process.end()
    try await start(2, sandbox)
    let before = try await runs()

    let outcome = try await place.weir("admin", "restore", backup)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("restored 4 runs"))
    #expect(outcome.errors.contains("1 runs had not ended when the backup was made"))
    let after = try await runs()
    #expect(after == before.suffix(4))
    let former = place.data.appending(path: "replaced-1").path
    #expect(try await runs("--data", former) == before)
    let finished = try await place.weir(
      "run",
      "wait",
      try #require(after.first),
      environment: sandbox.environment
    )
    #expect(finished.exitCode == 0, "\(finished.errors)")
    expectNoCrash(try await sandbox.stop())
  }

  @Test func `what is no sound backup changes nothing`() async throws {
    let sandbox = try await SandboxServer(in: place)
    try await start(3, sandbox)
    #expect(try await place.weir("admin", "backup", backup).exitCode == 0)
    let before = try await runs()
    let sound = try Data(contentsOf: URL(filePath: backup))
    var damaged = sound
    for place in stride(from: 4096, to: damaged.count, by: 500) { damaged[place] ^= 0xFF }
    for bytes in [Data(), Data("no database".utf8), sound.prefix(5000), damaged] {
      try bytes.write(to: URL(filePath: backup))
      let outcome = try await place.weir("admin", "restore", backup)
      #expect(outcome.exitCode == 5)
      #expect(outcome.errors.contains("nothing was changed"), "\(outcome.errors)")
      expectNoCrash(outcome)
    }
    try sound.write(to: URL(filePath: backup))
    try SQLiteFile(URL(filePath: backup)).execute("PRAGMA user_version = 9999")
    let newer = try await place.weir("admin", "restore", backup)
    #expect(newer.exitCode == 5 && newer.errors.contains("use the newer program"))
    #expect(try await runs() == before)
    expectNoCrash(try await sandbox.stop())
  }

  @Test func `a backup of before a change of key names the key that it needs`() async throws {
    let sandbox = try await SandboxServer(in: place)
    try await start(1, sandbox)
    #expect(try await place.weir("admin", "backup", backup).exitCode == 0)
    #expect(try await place.weir("admin", "rekey").exitCode == 0)
    let restored = try await place.weir("admin", "restore", backup)
    #expect(restored.exitCode == 0)
    #expect(restored.errors.contains("were sealed under another key"), "\(restored.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: place.data.path)
    let former = try #require(names.first { $0.hasPrefix("key.") })
    #expect(restored.errors.contains(former))
    let damaged = try await place.weir("admin", "check")
    #expect(damaged.exitCode == 1 && damaged.output.contains("another key"), "\(damaged.output)")
    let key = place.data.appending(path: "key")
    try FileManager.default.removeItem(at: key)
    try FileManager.default.moveItem(at: place.data.appending(path: former), to: key)
    #expect(try await place.weir("admin", "check").exitCode == 0)
    expectNoCrash(try await sandbox.stop())
  }

  @Test func `a restore that is killed leaves the former database, or says how to end it`()
    async throws
  {
    let sandbox = try await SandboxServer(in: place)
    try await start(2, sandbox)
    #expect(try await place.weir("admin", "backup", backup).exitCode == 0)
    let old = try await runs()
    try await start(2, sandbox)
    var random = SeededGenerator(state: 5)
    for _ in 0..<10 {
      let before = try await runs()
      let process = try place.start(["admin", "restore", backup])
      let draft = place.data.appending(path: "restoring.db").path
      let deadline = ContinuousClock.now + .seconds(60)
      while process.isRunning, !FileManager.default.fileExists(atPath: draft) {
        guard ContinuousClock.now < deadline else { throw TookTooLong() }
        try await Task.sleep(for: .microseconds(100))
      }
      try await Task.sleep(for: .microseconds(Int.random(in: 0..<8000, using: &random)))
      process.kill()
      _ = try await process.end()
      if FileManager.default.fileExists(atPath: place.data.path + "/restoring") {
        let refused = try await place.weir("run", "list")
        #expect(refused.exitCode == 5 && refused.errors.contains("finish it: weir admin restore"))
        #expect(try await place.weir("admin", "restore", backup).exitCode == 0)
        #expect(try await runs() == old)
      } else {
        #expect([before, old].contains(try await runs()))
      }
    }
    expectNoCrash(try await sandbox.stop())
  }
}
