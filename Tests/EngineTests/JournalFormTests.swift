import Engine
import Fixtures
import OrderedJSON
import Testing

/// Journals outlive the version that wrote them, so each of their bytes stays as it is.
@Suite struct JournalFormTests {
  /// A kind and the text of an event of that kind.
  struct Line: CustomStringConvertible, Sendable {
    let description: String
    let kind: String
    let text: String

    var bytes: [UInt8] { Array(text.utf8) }

    init(_ line: Substring) {
      let parts = line.split(separator: " ", maxSplits: 1)
      description = String(line)
      kind = String(parts[0])
      text = String(parts[1])
    }
  }

  static func lines() throws -> [Line] {
    let text = String(decoding: try Fixtures.data("EngineTests/Data/journal.txt"), as: UTF8.self)
    return text.split(separator: "\n").map(Line.init)
  }

  static let flow = FlowCase([
    "actions": [
      "Send": ["type": "Compose", "inputs": 1, "runAfter": [:]],
      "Each": ["type": "Compose", "inputs": 1, "runAfter": [:]],
    ]
  ])

  @Test(arguments: try lines())
  func `an event is written as it was read`(_ line: Line) throws {
    let plan = try Self.flow.plan()
    let event = try #require(
      RunEventCoding.decode(kind: line.kind, bytes: line.bytes, plan: plan)
    )
    #expect(RunEventCoding.kind(of: event) == line.kind)
    let written = RunEventCoding.encode(event, plan: plan)
    #expect(String(decoding: written, as: UTF8.self) == line.text)
  }

  @Test(arguments: try lines())
  func `members are read in any order`(_ line: Line) throws {
    let plan = try Self.flow.plan()
    let object = try #require(JSON(parsing: line.bytes).objectValue)
    let mixed = JSON.object(JSONObject(distinct: object.members.reversed()))
    let event = RunEventCoding.decode(kind: line.kind, bytes: mixed.bytes, plan: plan)
    let written = try RunEventCoding.encode(#require(event), plan: plan)
    #expect(String(decoding: written, as: UTF8.self) == line.text)
  }
}
