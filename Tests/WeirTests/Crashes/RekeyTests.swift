import Fixtures
import Foundation
import OrderedJSON
import Testing

/// `weir admin rekey` on data folders with secrets in them.
@Suite struct RekeyTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  /// A connection and runs, both with secrets.
  private func fill(environment: [String: String] = [:]) async throws {
    let sandbox = try await SandboxServer(in: place, options: ["--no-limits"])
    let settings = sandbox.environment.merging(environment) { $1 }
    let connection = try await place.weir(
      "connection",
      "create",
      "kept",
      "--connector",
      "azure-communication-identity",
      "--parameter",
      "api_key=env:\(SandboxServer.setting)",
      "--no-test",
      environment: settings
    )
    #expect(connection.exitCode == 0, "\(connection.errors)")
    try place.write(
      [
        "acs": [
          "connector": "azure-communication-identity", "limits": "off",
          "parameters": ["api_key": "@appsetting('AZURE_COMMUNICATION_CONNECTION_STRING')"],
        ]
      ],
      to: "flows/connections.json"
    )
    let runs = try await place.weir(
      "run",
      "start",
      "onboard-user",
      "--count",
      "40",
      environment: settings
    )
    #expect(runs.exitCode == 0, "\(runs.errors)")
    #expect(try await sandbox.stop().exitCode == 0)
  }

  /// The heads of all sealed values: which key sealed each.
  private func keyNames() throws -> Set<String> {
    let sealed = [
      ("data", "events WHERE sealed = 1"), ("sealed", "connections"), ("sealed", "callback_keys"),
      ("sealed", "tokens WHERE sealed IS NOT NULL"), ("sealed", "messages"),
      ("sealed", "triggers WHERE sealed IS NOT NULL"),
      ("payload", "fires WHERE payload IS NOT NULL"),
    ]
    let sql = sealed.map { column, rows in "SELECT hex(substr(\(column), 1, 5)) FROM \(rows)" }
    let database = SQLiteFile(place.data.appending(path: "weir.db"))
    return Set(try database.texts(sql.joined(separator: " UNION ")))
  }

  private func expectReadable(environment: [String: String] = [:]) async throws {
    let list = try await place.weir(
      "connection",
      "list",
      "--output",
      "json",
      environment: environment
    )
    let kept = try JSON(parsing: list.output).arrayValue?.first { $0["name"] == "kept" }
    #expect(kept?["status"] == "connected", "\(list.output)\(list.errors)")
    let check = try await place.weir("admin", "check", environment: environment)
    #expect(check.exitCode == 0, "\(check.output)\(check.errors)")
    #expect(try keyNames().count == 1)
  }

  @Test func `everything is sealed under a new key file, and the former one is kept`() async throws
  {
    try await fill()
    let file = place.data.appending(path: "key")
    let (before, former) = (try keyNames(), try Data(contentsOf: file))
    let outcome = try await place.weir("admin", "rekey", "--output", "json")
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let report = try JSON(parsing: outcome.output)
    #expect(report["values"]?.integerValue ?? 0 > 40)
    #expect(try keyNames().isDisjoint(with: before))
    #expect(try Data(contentsOf: file) != former)
    let kept = try #require(report["formerKey"]?.stringValue)
    #expect(try Data(contentsOf: URL(filePath: kept)) == former)
    try await expectReadable()
  }

  @Test func `a master key takes the place of the file, and a file that of a master key`()
    async throws
  {
    try await fill()
    let new = ["NEW": "a new passphrase, long enough"]
    let master = ["WEIR_MASTER_KEY": "a new passphrase, long enough"]
    let outcome = try await place.weir("admin", "rekey", "--key", "env:NEW", environment: new)
    #expect(outcome.exitCode == 0 && outcome.errors.contains("set WEIR_MASTER_KEY"))
    try await expectReadable(environment: master)
    let missing = try await place.weir("run", "list")
    #expect(missing.exitCode == 5 && missing.errors.contains("[V0008]"))
    let unclear = try await place.weir("admin", "rekey", environment: master)
    #expect(unclear.exitCode == 2 && unclear.errors.contains("--key-file"))
    let back = try await place.weir("admin", "rekey", "--key-file", environment: master)
    #expect(back.exitCode == 0 && back.errors.contains("unset WEIR_MASTER_KEY"))
    try await expectReadable()
  }

  @Test func `a folder that somebody uses keeps its key`() async throws {
    try await fill()
    let before = try keyNames()
    let server = try await FlowServer(in: place)
    let outcome = try await place.weir("admin", "rekey")
    #expect(outcome.exitCode == 5)
    #expect(outcome.errors.contains("a server (process \(server.process.identifier))"))
    #expect(try await server.stop().exitCode == 0)
    #expect(try keyNames() == before)
    try await expectReadable()
  }

  @Test func `values of a lost key are named, and nothing is changed`() async throws {
    try await fill(environment: ["WEIR_MASTER_KEY": "a passphrase that was lost"])
    let before = try keyNames()
    let other = ["WEIR_MASTER_KEY": "another passphrase, as long"]
    let outcome = try await place.weir("admin", "rekey", "--key-file", environment: other)
    #expect(outcome.exitCode == 5)
    #expect(outcome.errors.contains("does not open under the present key"))
    #expect(try keyNames() == before)
    #expect(!FileManager.default.fileExists(atPath: place.data.path + "/key.next"))
  }

  @Test func `killed at any moment, everything is sealed under one key, and that key is there`()
    async throws
  {
    try await fill()
    var random = SeededGenerator(state: 4)
    var (rounds, kills, changes, names) = (0, 0, 0, try keyNames())
    // Nobody knows how fast this machine is: the moments come nearer to where the key changes.
    var latest = 40_000
    while rounds < 200, kills < 12 || changes == 0 {
      rounds += 1
      let process = try place.start(["admin", "rekey"])
      let next = place.data.appending(path: "key.next").path
      let deadline = ContinuousClock.now + .seconds(180)
      while process.isRunning, !FileManager.default.fileExists(atPath: next) {
        guard ContinuousClock.now < deadline else { throw TookTooLong() }
        try await Task.sleep(for: .microseconds(100))
      }
      try await Task.sleep(for: .microseconds(Int.random(in: 0..<latest, using: &random)))
      process.kill()
      if try await process.end().exitCode == 128 + 9 {
        kills += 1
        latest += latest / 4
      } else {
        latest = max(2_000, latest / 2)
      }
      try await expectReadable()
      if try keyNames() != names { changes += 1 }
      names = try keyNames()
      #expect(!FileManager.default.fileExists(atPath: next))
    }
    // A key that never changed, or that nobody was killed over, would show nothing.
    #expect(changes > 0 && kills >= 12)
  }
}
