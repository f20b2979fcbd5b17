import Fixtures
import Foundation
import OrderedJSON
import Testing

/// The page that leads newcomers to a flow on a timer: its commands, run in a new folder.
@Suite struct FlowsPageTests {
  @Test func `every command of the page does what it is there for`() async throws {
    let (scripts, servers) = try blocks()
    #expect(servers.map { $0.trimmingCharacters(in: .newlines) } == ["weir server start --sandbox"])
    let place = try Workplace()
    let folder = try place.emptyFolder()
    let script = scripts.joined(separator: "\n")
    let prelude = "weir() { \"$program\" \"$@\"; }\nprogram=\"$0\"\nset -eu\ncd '\(folder.path)'\n"
    let outcome = try await place.start([], shell: prelude + script).end()
    #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("4 tests, 0 failed"))
    #expect(outcome.output.contains("hello") && outcome.output.contains("Succeeded in"))
    #expect(outcome.output.contains("T07:30:00"))
    let project = folder.appending(path: "demo")
    let picture = try String(contentsOf: project.appending(path: "run.svg"), encoding: .utf8)
    #expect(picture.contains("Succeeded"))
    try await serve(project, place)
  }

  /// The server finds the timer and ends when it is told to.
  private func serve(_ project: URL, _ place: Workplace) async throws {
    let server = try await FlowServer(in: place, "--sandbox", "--project", project.path)
    let answer = try await server.send("GET", "/api/workflows/morning")
    #expect(answer.status == 200)
    #expect(
      answer.content["triggers"]?[0]?["name"] == "every_morning"
        || answer.content["name"] == "morning"
    )
    server.process.interrupt()
    _ = try await server.process.end()
  }

  @Test func `every option that the page names exists`() async throws {
    let place = try Workplace()
    let help = try await place.weir("flow", "test", "--help")
    for option in ["--filter", "--junit", "--watch", "--coverage"] {
      #expect(help.output.contains(option))
    }
  }

  /// The fenced shell blocks, and among them those that start a server.
  private func blocks() throws -> ([String], [String]) {
    let url = Fixtures.root.appending(path: "flows/README.md")
    let text = try String(contentsOf: url, encoding: .utf8)
    let all = text.components(separatedBy: "```sh\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
    let servers = all.filter { $0.contains("weir server start") }
    return (all.filter { !servers.contains($0) }, servers)
  }
}
