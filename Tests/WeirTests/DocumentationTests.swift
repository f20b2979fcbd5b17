import Fixtures
import Foundation
import OrderedJSON
import Testing

/// What the documents say, compared with what is there.
@Suite struct DocumentationTests {
  @Test func `the table of targets names every target of the package`() throws {
    let shipped = try Manifest().targets.filter(\.isShipped).map(\.name)
    #expect(shipped.count > 20)
    #expect(try rows().sorted() == shipped.sorted())
  }

  @Test func `a target depends only on targets in rows below its own`() throws {
    let rows = try rows()
    for target in try Manifest().targets where target.isShipped {
      let row = try #require(rows.firstIndex(of: target.name))
      for dependency in target.dependencies {
        let other = try #require(rows.firstIndex(of: dependency))
        #expect(other > row, "\(target.name) depends on \(dependency)")
      }
    }
  }

  @Test func `the flow of the first page runs as it stands there`() async throws {
    let place = try Workplace()
    let flow = try #require(try blocks("json").first { $0.contains("\"definition\"") })
    #expect(flow.split(separator: "\n").count == 10)
    try place.write(.string(flow), to: "flows/hello.json")
    let checked = try await place.weir("flow", "validate", "hello", "--output", "json")
    #expect(try JSON(parsing: checked.output) == [])
    let outcome = try await place.weir("run", "start", "hello", "--sandbox")
    #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test func `the connections of the first page are among those of the samples`() throws {
    let shown = try #require(try blocks("json").first { $0.contains("\"connector\"") })
    let samples = try JSON(parsing: Fixtures.sample("flows/connections.json"))
    for member in try #require(try JSON(parsing: shown).objectValue).members {
      #expect(samples[member.key] == member.value)
    }
  }

  @Test func `every statement of the service names a test that exists`() throws {
    let rows = try text("definitions/README.md").matches(
      of: /(?m)^\|[^|]+\|[^|]+\| (?<suite>[A-Za-z]+Tests): (?<name>[^|]+?) \|$/
    )
    #expect(rows.count > 50)
    let suites = try suites(Set(rows.map { String($0.output.suite) }))
    for row in rows {
      let suite = try #require(suites[String(row.output.suite)], "\(row.output.suite)")
      #expect(suite.contains("func `\(row.output.name)`"), "\(row.output.name)")
    }
  }

  /// The text of test files by the name of their suite, whose parts are in files such as
  /// `SuiteTests+part.swift`.
  private func suites(_ names: Set<String>) throws -> [String: String] {
    let tests = Fixtures.root.appending(path: "Tests")
    let files = try FileManager.default.subpathsOfDirectory(atPath: tests.path)
    var found: [String: String] = [:]
    for file in files where file.hasSuffix(".swift") {
      let name = String(file.split(separator: "/").last?.prefix { $0 != "+" && $0 != "." } ?? "")
      if names.contains(name) { found[name, default: ""] += try text("Tests/" + file) }
    }
    return found
  }

  @Test func `every command of the first page exists`() async throws {
    let place = try Workplace()
    let lines = try blocks("sh").flatMap { $0.split(separator: "\n") }
    let commands = lines.filter { $0.hasPrefix("weir ") }
    #expect(commands.count > 4)
    for line in commands {
      let words = line.prefix { $0 != "#" }.split(separator: " ").dropFirst().map(String.init)
      let help = try await place.start(words + ["--help"]).end()
      let command = words.prefix { !$0.hasPrefix("-") }.prefix(2).joined(separator: " ")
      #expect(help.output.contains("Usage: weir \(command)"), "\(line)")
      for option in words where option.hasPrefix("--") {
        #expect(help.output.contains("\(option) ") || help.output.contains("\(option)\n"))
      }
    }
  }

  /// The targets of the table in `Sources/README.md`, from top to bottom.
  private func rows() throws -> [String] {
    try text("Sources/README.md").matches(of: /(?m)^\|[^|]*\| `([A-Za-z-]+)` \|/)
      .map { String($0.output.1) }
  }

  /// The blocks of `README.md` in one language.
  private func blocks(_ language: String) throws -> [String] {
    try text("README.md").components(separatedBy: "```\(language)\n").dropFirst()
      .compactMap { $0.components(separatedBy: "\n```").first }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Fixtures.root.appending(path: path), encoding: .utf8)
  }
}
