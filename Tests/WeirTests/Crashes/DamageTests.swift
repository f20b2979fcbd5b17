import Engine
import Fixtures
import Foundation
import OrderedJSON
import Seams
import Testing

/// Databases that somebody or something damaged.
@Suite struct DamageTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private var database: URL { place.data.appending(path: "weir.db") }

  /// Runs of a flow without services; returns their ids.
  private func fill(_ count: Int = 20) async throws -> [String] {
    try place.write(
      [
        "definition": [
          "triggers": ["manual": ["type": "Request", "kind": "Http"]],
          "actions": ["A": ["type": "Compose", "inputs": "@range(1, 300)"]],
        ]
      ],
      to: "flows/data.json"
    )
    let outcome = try await place.weir("run", "start", "data", "--count", "\(count)")
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    return try await runs()
  }

  private func runs() async throws -> [String] {
    let outcome = try await place.weir("run", "list", "--limit", "999", "--output", "json")
    return try JSON(parsing: outcome.output).arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
  }

  @Test func `a database with flipped bits is found damaged, or nothing is lost`() async throws {
    let ids = try await fill()
    let sound = try Data(contentsOf: database)
    var random = SeededGenerator(state: 8)
    var found = 0
    for _ in 0..<16 {
      var bytes = sound
      for _ in 0..<8 { bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 0x5A }
      try bytes.write(to: database)
      let check = try await place.weir("admin", "check")
      expectNoCrash(check)
      #expect([0, 1, 5].contains(check.exitCode), "\(check.errors)")
      if check.exitCode == 5 { #expect(check.errors.contains("weir admin restore FILE")) }
      if check.exitCode == 1 { #expect(!check.output.contains("nothing is damaged")) }
      if check.exitCode != 0 { found += 1 }
      let list = try await place.weir("run", "list", "--limit", "999", "--output", "json")
      expectNoCrash(list)
      if check.exitCode == 0 { #expect(try await runs().count == ids.count) }
    }
    #expect(found > 0)
  }

  @Test(arguments: [0.1, 0.5, 0.95])
  func `a database that is cut off is refused, and a backup brings everything back`(part: Double)
    async throws
  {
    let ids = try await fill()
    let backup = place.root.appending(path: "backup.db").path
    #expect(try await place.weir("admin", "backup", backup).exitCode == 0)
    let bytes = try Data(contentsOf: database)
    try bytes.prefix(Int(Double(bytes.count) * part)).write(to: database)
    let refused = try await place.weir("admin", "check")
    #expect([1, 5].contains(refused.exitCode), "\(refused.output)\(refused.errors)")
    if refused.exitCode == 5 { #expect(refused.errors.contains("weir admin restore FILE")) }
    let restored = try await place.weir("admin", "restore", backup, "--output", "json")
    #expect(restored.exitCode == 0, "\(restored.errors)")
    #expect(try JSON(parsing: restored.output)["runs"]?.integerValue == Int64(ids.count))
    #expect(try await runs() == ids)
    #expect(try await place.weir("admin", "check").exitCode == 0)
  }

  /// What lies beside the database when its process dies.
  private func killed() async throws -> [String] {
    _ = try await fill()
    let process = try place.start(["run", "start", "data", "--count", "100000"])
    let log = place.data.appending(path: "weir.db-wal").path
    try await eventually { (FileManager.default.contents(atPath: log)?.count ?? 0) > 200_000 }
    process.kill()
    _ = try await process.end()
    return [log, place.data.appending(path: "weir.db-shm").path]
  }

  @Test func `a missing index of the log is made anew, and nothing is lost`() async throws {
    let files = try await killed()
    let snapshot = try FolderSnapshot(of: place.data, in: place)
    let before = try await snapshot.runs().map(\.id.text)
    await snapshot.close()
    try FileManager.default.removeItem(atPath: files[1])
    let list = try await place.weir("run", "list", "--limit", "999999", "--output", "json")
    let ids = try JSON(parsing: list.output).arrayValue?.compactMap { $0["id"]?.stringValue }
    #expect(ids == before)
    #expect(try await place.weir("admin", "check").exitCode == 0)
  }

  @Test(arguments: ["missing", "garbage", "cut off", "flipped"])
  func `a log that is gone or damaged leaves a sound database of what came before`(damage: String)
    async throws
  {
    let log = URL(filePath: try await killed()[0])
    var bytes = try Data(contentsOf: log)
    switch damage {
    case "missing": try FileManager.default.removeItem(at: log)
    case "garbage": try Data(bytes.map { $0 &* 31 &+ 7 }).write(to: log)
    case "cut off": try bytes.prefix(bytes.count / 2 + 100).write(to: log)
    default:
      bytes[bytes.count / 2] ^= 0xFF
      try bytes.write(to: log)
    }
    let check = try await place.weir("admin", "check")
    #expect(check.exitCode == 0, "\(check.output)\(check.errors)")
    #expect(try await runs().count >= 20)
    let next = try await place.weir("run", "start", "data")
    #expect(next.exitCode == 0, "\(next.errors)")
  }
}
