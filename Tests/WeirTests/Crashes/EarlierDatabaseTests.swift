import Fixtures
import Foundation
import OrderedJSON
import Testing

/// Data folders that earlier versions of the program left, each as the text of its database.
///
/// Each has a run with secrets and one that succeeded, one that failed for want of a number, and one
/// whose process was killed while it waited; since version 3 also two replays in bulk, killed after
/// the first.
@Suite struct EarlierDatabaseTests {
  private static let key = ["WEIR_MASTER_KEY": "a passphrase of the fixtures"]

  /// The schema versions of which there are databases.
  static let versions: [Int] = {
    let folder = Fixtures.root.appending(path: "Tests/WeirTests/Data/Databases").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap {
      $0.firstMatch(of: /^version-([0-9]+)\.sql$/).flatMap { Int($0.output.1) }
    }
    .sorted()
  }()

  @Test func `there is a database of every version`() async throws {
    let place = try Workplace()
    #expect(try await place.weir("run", "list").exitCode == 0)
    let file = SQLiteFile(place.data.appending(path: "weir.db"))
    let current = try #require(try file.texts("PRAGMA user_version").first.flatMap { Int($0) })
    #expect(Self.versions == Array(1...current))
  }

  private func place(version: Int) throws -> Workplace {
    let place = try Workplace()
    try FileManager.default.createDirectory(at: place.data, withIntermediateDirectories: true)
    let file = place.data.appending(path: "weir.db")
    try Data().write(to: file)
    let sql = try Fixtures.data("WeirTests/Data/Databases/version-\(version).sql")
    try SQLiteFile(file).execute(String(decoding: sql, as: UTF8.self))
    #expect(try SQLiteFile(file).texts("PRAGMA user_version") == ["\(version)"])
    return place
  }

  private func json(_ place: Workplace, _ words: String...) async throws -> JSON {
    let outcome = try await place.start(words + ["--output", "json"], environment: Self.key).end()
    #expect(outcome.exitCode < 2, "\(outcome.errors)")
    expectNoCrash(outcome)
    return try JSON(parsing: outcome.output)
  }

  @Test(arguments: versions)
  func `a database of an earlier version opens, and its runs are shown, finished and replayed`(
    version: Int
  ) async throws {
    let place = try place(version: version)
    let runs = try await json(place, "run", "list").arrayValue ?? []
    var found: [String: String] = [:]
    for run in runs {
      let name = "\(run["flow"]?.stringValue ?? "") \(run["status"]?.stringValue ?? "")"
      found[name] = run["id"]?.stringValue
    }
    let expected = ["secret Succeeded", "fails Failed", "fails Succeeded", "waits Waiting"]
    let missing = expected.filter { found[$0] == nil }
    #expect(missing.isEmpty, "\(found)")

    let secret = try await json(place, "run", "show", found["secret Succeeded"] ?? "")
    let hidden = secret["actions"]?.arrayValue?.first { $0["name"] == "Hidden" }
    #expect(hidden?["outputs"] == "*sanitized*")
    let divided = try await json(place, "run", "show", found["fails Succeeded"] ?? "")
    let after = divided["actions"]?.arrayValue?.first { $0["name"] == "After" }
    #expect(after?["outputs"]?["body"] ?? after?["outputs"] == 2)

    let finished = try await json(place, "run", "wait", found["waits Waiting"] ?? "")
    #expect(finished["status"] == "Succeeded")
    let kept = finished["actions"]?.arrayValue?.first { $0["name"] == "A" }?["outputs"]
    let passed = finished["actions"]?.arrayValue?.first { $0["name"] == "B" }?["outputs"]
    #expect(kept != nil && kept == passed)

    let continued = try await json(place, "run", "resubmit", "--continue").arrayValue
    #expect(continued?.count == (version < 3 ? 0 : 1), "\(continued ?? [])")
    #expect(try await json(place, "run", "resubmit", "--continue") == [])

    try place.write(["n": 2], to: "input.json")
    let replay = try await json(
      place,
      "run",
      "resubmit",
      found["fails Failed"] ?? "",
      "--from-failed",
      "--input",
      "input.json",
      "--yes"
    )
    #expect(replay.arrayValue?.first?["status"] == "Succeeded", "\(replay)")
    let check = try await place.weir("admin", "check", environment: Self.key)
    #expect(check.exitCode == 0, "\(check.output)\(check.errors)")
  }

  @Test(arguments: versions)
  func `the secrets of an earlier version are sealed anew`(version: Int) async throws {
    let place = try place(version: version)
    let new = Self.key.merging(["NEW": "another passphrase, as long"]) { $1 }
    let rekey = try await place.weir("admin", "rekey", "--key", "env:NEW", environment: new)
    #expect(rekey.exitCode == 0, "\(rekey.errors)")
    let key = ["WEIR_MASTER_KEY": "another passphrase, as long"]
    #expect(try await place.weir("admin", "check", environment: key).exitCode == 0)
    #expect(try await place.weir("admin", "check", environment: Self.key).exitCode == 1)
  }
}
