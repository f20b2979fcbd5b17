import Definitions
import Engine
import Fixtures
import OrderedJSON
import Testing
import Timekeeping

@Suite struct TriggerRulesTests {
  /// One case of `Data/triggers.json`.
  struct Case: CustomTestStringConvertible, Sendable {
    var document: JSON
    var testDescription: String { document["name"]?.stringValue ?? "" }

    static func all() throws -> [Case] {
      try (Fixtures.json("EngineTests/Data/triggers.json").arrayValue ?? []).map(Case.init)
    }
  }

  private static func rules(_ trigger: JSON) throws -> TriggerRules {
    var written = trigger.objectValue ?? JSONObject()
    written["type"] = "Request"
    let definition: JSON = [
      "parameters": ["limit": ["type": "Int"]],
      "triggers": ["t": .object(written)],
      "actions": [:],
    ]
    let flow = FlowReader.read(name: "f", file: "f", bytes: definition.bytes).flow
    let decoded = try #require(flow)
    let plan = try #require(Planner.plan(decoded).plan)
    return try TriggerRules(plan.triggers[0], of: plan)
  }

  private static let facts = TriggerRules.Facts(
    parameters: ["limit": 3],
    now: Timestamp(seconds: 1_767_225_600),
    seed: 1,
    surroundings: Surroundings { $0 == "NAME" ? "weir" : nil }
  )

  @Test(arguments: try Case.all())
  func `judges events as the fixture says`(_ test: Case) throws {
    let rules = try Self.rules(test.document["trigger"] ?? [:])
    if let limit = test.document["limit"] {
      let found = rules.limit.map {
        JSON.array([.integer(Int64($0.runs)), .integer(Int64($0.waitingRuns))])
      }
      #expect(found ?? .null == limit)
    }
    let verdict = rules.verdict(
      on: test.document["outputs"] ?? .null,
      inputs: nil,
      tracking: test.document["tracking"]?.stringValue,
      Self.facts
    )
    switch verdict {
    case .accepted(let event):
      let expected = try #require(test.document["accepted"]?.arrayValue)
      #expect(event.items.count == expected.count)
      // What waits comes back as it was.
      let kept = try #require(AcceptedEvent(JSON(parsing: event.json.bytes)))
      for (index, item) in expected.enumerated() { check(kept, index, item) }
    case .skipped(let code): #expect(code == test.document["skipped"]?.stringValue)
    case .failed(let failure):
      #expect(failure.code == test.document["failed"]?.stringValue, "\(failure.message)")
    }
  }

  private func check(_ event: AcceptedEvent, _ index: Int, _ expected: JSON) {
    if let outputs = expected["outputs"] { #expect(event.outputs(of: index) == outputs) }
    if let name = expected["identity"] {
      #expect(.string(event.identity(of: index, in: "e")) == name)
    }
    if let tracking = expected["tracking"]?.stringValue {
      #expect(event.items[index].clientTrackingID == tracking)
    }
    #expect(event.items[index].isSkipped == (expected["isSkipped"]?.boolValue ?? false))
  }

  @Test func `more items than allowed are an error`() throws {
    let items = JSON.array(Array(repeating: 1, count: 101))
    let free = try Self.rules(["splitOn": "@triggerBody()"])
    let limited = try Self.rules([
      "splitOn": "@triggerBody()", "operationOptions": "SingleInstance",
    ])
    if case .accepted(let event) = free.verdict(
      on: ["body": items],
      inputs: nil,
      tracking: nil,
      Self.facts
    ) {
      #expect(event.runCount == 101)
    } else {
      Issue.record("not accepted")
    }
    guard
      case .failed(let failure) = limited.verdict(
        on: ["body": items],
        inputs: nil,
        tracking: nil,
        Self.facts
      )
    else {
      Issue.record("accepted")
      return
    }
    #expect(failure.message.contains("101 items; at most 100"))
  }

  @Test func `names of items are unique and lead back to their event`() throws {
    let rules = try Self.rules(["splitOn": "@triggerBody()"])
    var random = SeededGenerator(state: 11)
    for _ in 0..<50 {
      let count = Int.random(in: 1...300, using: &random)
      let items = (0..<count).map { _ in JSON.integer(Int64.random(in: 0...3, using: &random)) }
      guard
        case .accepted(let event) = rules.verdict(
          on: ["body": .array(items)],
          inputs: nil,
          tracking: nil,
          Self.facts
        )
      else {
        Issue.record("not accepted")
        return
      }
      let name = "event/\(UInt64.random(in: 0...9, using: &random))"
      let names = event.items.indices.map { event.identity(of: $0, in: name) }
      #expect(Set(names).count == count)
      #expect(names.allSatisfy { $0.hasPrefix(name + "/") })
    }
  }

  @Test func `an expression that cannot be compiled is said`() throws {
    #expect(throws: ActionFailure.self) { try Self.rules(["splitOn": "@triggerBody("]) }
  }
}
