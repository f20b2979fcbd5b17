import Definitions
import Engine
import Fixtures
import Foundation
import OrderedJSON
import Testing

@Suite struct FlowGuideTests {
  /// The fenced JSON blocks of the guide to flows.
  private static func examples() throws -> [JSON] {
    let url = Fixtures.root.appending(path: "flows/language.md")
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    return try text.components(separatedBy: "```json\n").dropFirst().map { part in
      try JSON(parsing: part.components(separatedBy: "```")[0])
    }
  }

  @Test func `every example of the guide is valid and gives what it says`() throws {
    let examples = try Self.examples()
    #expect(examples.count >= 3)
    for example in examples {
      let read = FlowReader.read(name: "example", file: "language.md", bytes: example.bytes)
      let flow = try #require(read.flow)
      #expect(read.diagnostics.isEmpty && FlowValidator.problems(of: flow).isEmpty)
      var run = try CaseRun(FlowCase(["name": "example", "definition": example]))
      try run.run()
      #expect(run.state.outputs?["output"]?["value"] == example["metadata"]?["output"])
    }
  }

  @Test func `the guide names every type of action`() throws {
    let url = Fixtures.root.appending(path: "flows/language.md")
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    for type in ActionTypes.actions { #expect(text.contains("`\(type)`"), "\(type)") }
  }
}
