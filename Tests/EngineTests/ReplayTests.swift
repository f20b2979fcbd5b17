import Definitions
import Engine
import Fixtures
import OrderedJSON
import Testing

/// Replays: what is taken over, and what is done again.
@Suite struct ReplayTests {
  @Test(arguments: try FlowCase.cases(in: "replay"))
  func `what a case expects to run again does, and nothing else`(_ flowCase: FlowCase) throws {
    let replayed = try ReplayedCase(flowCase)
    for (name, found) in replayed.findings {
      guard let expected = flowCase.expectation[name] else { continue }
      #expect(found == expected, "\(name)")
    }
  }

  @Test func `every expectation of the cases is one that is looked at`() throws {
    let known: Set<String> = ["status", "carried", "sends", "removed", "outputs", "again"]
    for flowCase in try FlowCase.cases(in: "replay") {
      let members = Set(flowCase.expectation.objectValue?.keys.map { $0 } ?? [])
      #expect(members.isSubset(of: known) && !members.isEmpty, "\(flowCase)")
    }
  }

  @Test(arguments: [5, 20_261_121])
  func `replays of random runs repeat no result that they keep`(seed: UInt64) throws {
    for round in 100..<160 {
      let flowCase = RandomFlow(seed: seed &+ UInt64(round)).madeCase
      var parent = try CaseRun(flowCase)
      try parent.run()
      guard parent.state.isOver else { continue }
      var starts: [Replay.Start] = [.trigger, .failed]
      starts += parent.plan.actions.prefix(4).map { .actions([$0.index]) }
      for start in starts {
        let name = "seed \(seed) round \(round) \(start): \(flowCase.json.text)"
        let replay = Replay(of: parent.state, on: parent.plan, from: start)
        var child = try CaseRun(flowCase, replay: replay, responses: [:])
        try child.run()
        #expect(ReplayCheck.differences(parent, child, replay) == [], "\(name)")
      }
    }
  }

  @Test(arguments: [7, 4_294_967_311])
  func `replaying what did not fail sends nothing`(seed: UInt64) throws {
    for round in 0..<150 {
      let flowCase = RandomFlow(seed: seed &+ UInt64(round)).madeCase
      var parent = try CaseRun(flowCase, responses: [:])
      try parent.run()
      let hasFailed = parent.state.instances.contains { address, instance in
        if case .terminate = parent.plan.actions[address.action].step { return true }
        return instance.status != .succeeded && instance.status != .skipped
      }
      guard parent.state.status == .succeeded, !hasFailed else { continue }
      let replay = Replay(of: parent.state, on: parent.plan, from: .failed)
      var child = try CaseRun(flowCase, replay: replay, responses: [:])
      try child.run()
      #expect(child.sends == [], "seed \(seed) round \(round): \(flowCase.json.text)")
      #expect(child.state.status == .succeeded, "seed \(seed) round \(round)")
    }
  }
}
