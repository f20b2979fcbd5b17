import Fixtures
import Foundation
import OrderedJSON
import Testing

/// New projects.
@Suite struct InitTests {
  @Test func `a new project validates, passes its tests and runs`() async throws {
    let place = try Workplace()
    let folder = try place.emptyFolder().appending(path: "my project").path
    let made = try await place.weir("init", folder)
    #expect(made.exitCode == 0, "\(made.errors)")
    #expect(made.output.contains("weir flow test"))
    for (words, expected) in [
      (["flow", "validate"], "1 flow, 0 errors, 0 warnings"),
      (["flow", "test", "--coverage"], "3 tests, 0 failed"),
      (["connector", "validate", "definitions"], "azure-communication-identity"),
      (["run", "start", "hello", "--sandbox"], "Succeeded"),
    ] {
      let outcome = try await place.start(words + ["--project", folder]).end()
      #expect(outcome.exitCode == 0, "\(words) \(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains(expected), "\(outcome.output)")
    }
    let tested = try await place.weir("flow", "test", "--coverage", "--project", folder)
    #expect(tested.output.contains("coverage: 3 of 3 actions"))
  }

  @Test func `nothing is overwritten, and then nothing is written at all`() async throws {
    let place = try Workplace()
    let folder = try place.emptyFolder()
    let mine = folder.appending(path: "flows/hello.json")
    try FileManager.default.createDirectory(
      at: mine.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data("mine".utf8).write(to: mine)
    let outcome = try await place.weir("init", folder.path)
    #expect(outcome.exitCode == 3)
    #expect(outcome.errors.contains("is already there; nothing was written [I0004]"))
    #expect(try Data(contentsOf: mine) == Data("mine".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["flows"])
  }

  @Test func `a new project has the schema of its flows for editors`() async throws {
    let place = try Workplace()
    let folder = try place.emptyFolder()
    _ = try await place.weir("init", folder.path)
    let made = try Data(contentsOf: folder.appending(path: ".vscode/flow.schema.json"))
    let printed = try await place.weir("flow", "schema", "--project", folder.path)
    #expect(try JSON(parsing: Array(made)) == JSON(parsing: printed.output))
  }

  @Test func `the connector of a new project is that of the samples`() async throws {
    let place = try Workplace()
    let folder = try place.emptyFolder()
    _ = try await place.weir("init", folder.path)
    for name in ["apiDefinition.swagger.json", "apiProperties.json", "runtime.json"] {
      let path = "definitions/azure-communication-identity/\(name)"
      let made = try Data(contentsOf: folder.appending(path: path))
      #expect(try Array(made) == Fixtures.sample(path))
    }
  }
}
