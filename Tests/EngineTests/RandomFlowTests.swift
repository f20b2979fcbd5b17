import Fixtures
import Definitions
import Engine
import OrderedJSON
import Testing
import Timekeeping

@Suite struct RandomFlowTests {
  @Test(arguments: [11, 20_261_121, 4711, 8_589_934_592])
  func `random flows come to rest and their journals fold to the same state`(seed: UInt64) throws {
    for round in 0..<150 {
      let flowCase = RandomFlow(seed: seed &+ UInt64(round)).madeCase
      var run = try CaseRun(flowCase)
      try run.run()
      let name = "seed \(seed) round \(round): \(flowCase.json.text)"
      #expect(!run.state.hasReadyWork, "\(name)")
      #expect(JournalCheck.differences(run.events, run.plan, live: run.state) == [], "\(name)")
      #expect(JournalCheck.goesOnFromEveryPrefix(run.events, run.plan) == [], "\(name)")
      if run.state.status.isTerminal {
        let open = run.state.instances.values.filter { !$0.status.isTerminal }
        #expect(open.isEmpty, "\(name)")
      }
    }
  }

  @Test(arguments: [3, 77])
  func `journals with events lost, repeated or swapped fold without a trap`(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    for round in 0..<150 {
      var run = try CaseRun(RandomFlow(seed: seed &+ UInt64(round)).madeCase)
      try run.run()
      var events = run.events
      for _ in 0..<5 where !events.isEmpty {
        let place = Int.random(in: 0..<events.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: events.remove(at: place)
        case 1: events.append(events[place])
        default: events.swapAt(place, Int.random(in: 0..<events.count, using: &random))
        }
      }
      var state = RunState(plan: run.plan)
      for event in events { state.apply(event) }
      #expect(state.version == events.count, "seed \(seed) round \(round)")
      _ = RunView.document(state)
    }
  }
}

extension RandomFlow {
  /// The case that this generator makes first.
  var madeCase: FlowCase {
    var copy = self
    return copy.flowCase()
  }
}
