import Foundation
import OrderedJSON
import Testing

/// Data folders that cannot be used, or that run out of space.
@Suite struct DataFolderTests {
  @Test func `a data folder of a newer version is left alone`() async throws {
    let place = try Workplace()
    #expect(try await place.weir("run", "list").exitCode == 0)
    try SQLiteFile(place.data.appending(path: "weir.db")).execute("PRAGMA user_version = 9999")
    let before = try Data(contentsOf: place.data.appending(path: "weir.db"))
    try await expectRefusal(
      place,
      "the data folder is of version 9999",
      "use the newer program; --data names another folder"
    )
    #expect(try Data(contentsOf: place.data.appending(path: "weir.db")) == before)
  }

  @Test func `a database of another application is left alone`() async throws {
    let place = try Workplace()
    try FileManager.default.createDirectory(at: place.data, withIntermediateDirectories: true)
    let database = place.data.appending(path: "weir.db")
    try Data().write(to: database)
    try SQLiteFile(database).execute("CREATE TABLE notes (text)")
    try await expectRefusal(place, "belongs to another application", "--data")
  }

  @Test func `a file that is no database is left alone`() async throws {
    let place = try Workplace()
    try FileManager.default.createDirectory(at: place.data, withIntermediateDirectories: true)
    let garbage = Data((0..<8192).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 5) })
    try garbage.write(to: place.data.appending(path: "weir.db"))
    try await expectRefusal(place, "not a database", "restore")
    #expect(try Data(contentsOf: place.data.appending(path: "weir.db")) == garbage)
  }

  @Test func `a data folder that cannot be made is explained`() async throws {
    let place = try Workplace()
    try place.write("a file", to: "file")
    let outcome = try await place.weir("run", "list", "--data", "file/inside")
    #expect(outcome.exitCode == 5)
    #expect(outcome.errors.contains("file/inside"))
    expectNoCrash(outcome)
  }

  @Test func `a disk that is full stops a run that can be finished later`() async throws {
    let place = try Workplace()
    let sandbox = try await SandboxServer(in: place)
    #expect(try await place.weir("run", "list").exitCode == 0)
    let full = try await place.weir(
      "run",
      "start",
      "onboard-user",
      environment: sandbox.environment,
      shell: "ulimit -f 80; exec \"$0\" \"$@\""
    )
    #expect(full.exitCode == 5, "\(full.output)\(full.errors)")
    #expect(full.errors.contains("[A0006]\n  hint: "))
    #expect(full.errors.contains("nothing that was acknowledged is lost"))
    #expect(full.errors.contains("goes on with it"))
    expectNoCrash(full)

    let list = try await place.weir("run", "list", "--output", "json")
    let run = try #require(JSON(parsing: list.output).arrayValue?.first)
    #expect(run["interrupted"] == true)
    let id = try #require(run["id"]?.stringValue)
    let finished = try await place.weir("run", "wait", id, environment: sandbox.environment)
    #expect(finished.exitCode == 0, "\(finished.output)\(finished.errors)")
    expectNoCrash(try await sandbox.stop())
  }

  private func expectRefusal(_ place: Workplace, _ message: String, _ hint: String) async throws {
    for command in [["run", "list"], ["run", "start", "onboard-user", "--sandbox"]] {
      let outcome = try await place.start(command).end()
      #expect(outcome.exitCode == 5)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
      #expect(outcome.errors.contains(hint), "\(outcome.errors)")
      expectNoCrash(outcome)
    }
  }
}
