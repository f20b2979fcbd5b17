import Definitions
import Engine
import OrderedJSON
import Testing

@Suite struct FlowFixtureTests {
  static let files = [
    "cancellation", "conditions", "data", "http", "lists", "loops", "names", "response",
    "run-after", "scopes", "secrets", "static-results", "terminate", "timeouts", "variables",
    "wait", "webhooks", "workflow",
  ]

  @Test(arguments: files)
  func `every case ends as it says`(file: String) throws {
    for flowCase in try FlowCase.cases(in: file) {
      var run = try CaseRun(flowCase)
      try run.run()
      let check = CaseCheck(run, flowCase.expectation)
      #expect(check.differences.isEmpty, "\(file): \(flowCase.name)")
    }
  }

  @Test(arguments: files)
  func `the journal of every case folds to the live state`(file: String) throws {
    for flowCase in try FlowCase.cases(in: file) {
      var run = try CaseRun(flowCase)
      try run.run()
      let differences = JournalCheck.differences(run.events, run.plan, live: run.state)
      #expect(differences.isEmpty, "\(file): \(flowCase.name)")
    }
  }

  @Test(arguments: files)
  func `every case goes on from every prefix of its journal`(file: String) throws {
    for flowCase in try FlowCase.cases(in: file) {
      var run = try CaseRun(flowCase)
      try run.run()
      let differences = JournalCheck.goesOnFromEveryPrefix(run.events, run.plan)
      #expect(differences.isEmpty, "\(file): \(flowCase.name)")
    }
  }

  @Test(arguments: files)
  func `every case can be cancelled at any time`(file: String) throws {
    for flowCase in try FlowCase.cases(in: file) {
      for second in [0, 1, 4, 5, 10, 20, 59] {
        var run = try CaseRun(flowCase)
        try run.run(cancellingAt: Int64(second))
        let open = run.state.instances.values.filter { !$0.status.isTerminal }
        let name = "\(file): \(flowCase.name) at second \(second)"
        #expect(run.state.isOver && open.isEmpty, "\(name)")
        #expect(JournalCheck.differences(run.events, run.plan, live: run.state) == [], "\(name)")
      }
    }
  }

  @Test func `there are enough cases`() throws {
    let counts = try Self.files.map { try FlowCase.cases(in: $0).count }
    #expect(counts.reduce(0, +) >= 150)
  }
}
