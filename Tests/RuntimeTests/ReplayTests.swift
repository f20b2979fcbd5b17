import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Testing
import Timekeeping

/// Replays on a whole runtime in simulated time.
@Suite struct ReplayTests {
  private static let text = """
    {"triggers": {"manual": {"type": "Request"}}, "actions": {
    "First": {"type": "Http", "inputs": {"method": "POST", "uri": "https://h/first",
    "body": "@triggerBody()", "retryPolicy": {"type": "none"}}},
    "Second": {"type": "Http", "inputs": {"method": "POST", "uri": "https://h/second",
    "retryPolicy": {"type": "none"}}, "runAfter": {"First": ["Succeeded"]}}}}
    """

  /// `/second` is refused until `isMended`.
  private final class Service: Sendable {
    private let mended = Mutex(false)

    func mend() { mended.withLock { $0 = true } }

    func answer(_ request: HTTPRequest) -> HTTPResponse {
      let isRefused = request.path == "/second" && !mended.withLock { $0 }
      return IdentityService.json(isRefused ? 400 : 200, ["path": .string(request.path)])
    }
  }

  private func world(_ service: Service) -> SimulatedWorld {
    SimulatedWorld { request, _ in .respond(service.answer(request)) }
  }

  private static func flow() throws -> Flow { try SimulatedWorld.flow("order", Array(text.utf8)) }

  @Test func `a replay from what failed keeps the rest and names its parent`() throws {
    let service = Service()
    let world = world(service)
    let flow = try Self.flow()
    let (parent, child, records) = try world.executor.run {
      let process = world.process("a")
      let first = try await process.start(flow)
      let parent = try await first.end()
      service.mend()
      let prepared = try await process.replay.prepare(first.run, .init(mode: .fromFailed))
      #expect(prepared.kept == ["First"])
      #expect(prepared.calls.map(\.action) == ["Second"])
      #expect(!prepared.repeatsSideEffects)
      let second = try await process.replay.start(prepared)
      let child = try await second.end()
      let query = RunQuery(parent: first.run)
      return (parent, child, try await process.environment.store.runs(matching: query))
    }
    #expect(parent.status == .failed && child.status == .succeeded)
    #expect(world.transport.requests.map(\.path) == ["/first", "/second", "/second"])
    #expect(records.map(\.parent?.mode) == ["from-failed"])
    let kept = RunView.document(child)["actions"]?[0]
    #expect(kept?["carriedFrom"]?.stringValue == parent.started?.run)
  }

  @Test func `an edited body is sent by whatever reads it`() throws {
    let service = Service()
    let world = world(service)
    let flow = try Self.flow()
    try world.executor.run {
      let process = world.process("a")
      let first = try await process.start(flow, input: ["x": 1])
      _ = try await first.end()
      service.mend()
      let order = ResubmissionOrder(mode: .fromFailed, input: ["x": 2])
      let prepared = try await process.replay.prepare(first.run, order)
      #expect(prepared.repeatsSideEffects)
      _ = try await process.replay.start(prepared).end()
    }
    let sent = world.transport.requests.filter { $0.path == "/first" }
    #expect(sent.map(\.body) == [Array(#"{"x":1}"#.utf8), Array(#"{"x":2}"#.utf8)])
  }

  @Test func `another connection stands in for the one that the flow names`() throws {
    let world = SimulatedWorld { request, number in
      number == 1 ? .respond(HTTPResponse(status: 403)) : .respond(IdentityService.answer(request))
    }
    let flow = try SimulatedWorld.sampleFlow("onboard-user")
    try world.executor.run {
      let process = world.process("a")
      let first = try await process.start(flow)
      #expect(try await first.end().status == .failed)
      var order = ResubmissionOrder(mode: .fromFailed, connections: ["ACS": "nowhere"])
      await #expect(throws: RuntimeFailure.self) {
        try await process.replay.prepare(first.run, order)
      }
      order.connections = ["ACS": "standby"]
      let second = try await process.replay.start(process.replay.prepare(first.run, order))
      #expect(try await second.end().status == .succeeded)
    }
    #expect(world.transport.requests.map(\.host).last == "other.communication.azure.com")
  }

  @Test func `results that are kept stay sealed`() throws {
    let world = SimulatedWorld { request, number in
      number == 3 ? .respond(HTTPResponse(status: 400)) : .respond(IdentityService.answer(request))
    }
    let flow = try SimulatedWorld.sampleFlow("onboard-user")
    let (document, journal) = try world.executor.run {
      let process = world.process("a")
      let first = try await process.start(flow)
      _ = try await first.end()
      let prepared = try await process.replay.prepare(first.run, .init(mode: .fromFailed))
      let second = try await process.replay.start(prepared)
      let state = try await second.end()
      return (RunView.document(state), try await process.environment.store.journal(of: second.run))
    }
    #expect(document["actions"]?[1]?["carriedFrom"] != nil)
    for text in [document.text] + journal.map({ String(decoding: $0.data, as: UTF8.self) }) {
      #expect(!text.contains(IdentityService.token))
    }
  }

  @Test func `a run that has not ended is not replayed`() throws {
    let world = SimulatedWorld { request, _ in
      .respond(IdentityService.answer(request), after: .seconds(30))
    }
    let flow = try SimulatedWorld.sampleFlow("onboard-user")
    try world.executor.run {
      let process = world.process("a")
      let driver = try await process.start(flow)
      await #expect(throws: RuntimeFailure.self) {
        try await process.replay.prepare(driver.run, .init())
      }
      _ = try await driver.end()
    }
  }

  // MARK: Many

  @Test(arguments: 1...20, [true, false])
  func `many replays that are interrupted at any append go on and none is begun twice`(
    append: Int,
    after: Bool
  ) throws {
    let service = Service()
    let world = world(service)
    let flow = try Self.flow()
    let (parents, children) = try world.executor.run {
      let starter = world.process("starter")
      let parents = try await starter.endedRuns(5, of: flow)
      service.mend()
      let first = world.process("first", hooks: .dying(at: append, after: after))
      let bulk = try await first.bulk.intend(parents, .init(mode: .fromFailed))
      try await first.bulk.carryOut(bulk, concurrency: 2) { _ in }
      await first.environment.store.close()
      let second = world.process("second")
      for (name, _) in try await second.bulk.unfinished() {
        try await second.bulk.carryOut(name, concurrency: 3) { _ in }
      }
      try await second.finishInterrupted()
      #expect(try await second.bulk.unfinished().isEmpty)
      var children: [[RunRecord]] = []
      for parent in parents {
        children.append(
          try await second.environment.store.runs(matching: RunQuery(parent: parent))
        )
      }
      return (parents, children)
    }
    #expect(children.map(\.count) == parents.map { _ in 1 })
    #expect(children.allSatisfy { $0.allSatisfy { $0.status == .succeeded } })
    // What was kept is never sent again; what was under way when the process died may be.
    #expect(world.transport.requests.filter { $0.path == "/first" }.count == 5)
    #expect((10...12).contains(world.transport.requests.filter { $0.path == "/second" }.count))
  }

  @Test func `replays begin in the order in which they were intended`() throws {
    let service = Service()
    let world = world(service)
    let flow = try Self.flow()
    try world.executor.run {
      let process = world.process("a")
      let parents = try await process.endedRuns(9, of: flow)
      let order = [4, 0, 8, 2, 6, 1, 7, 3, 5].map { parents[$0] }
      let bulk = try await process.bulk.intend(order, .init())
      let begun = Mutex<[RunID]>([])
      try await process.bulk.carryOut(bulk, concurrency: 1) { outcome in
        if case .replayed(let run, _, _) = outcome { begun.withLock { $0.append(run) } }
      }
      #expect(begun.withLock { $0 } == order)
    }
  }

  @Test func `a bulk whose order does not open begins nothing, and none of it is lost`() throws {
    let service = Service()
    let world = world(service)
    let flow = try Self.flow()
    try world.executor.run {
      let process = world.process("a")
      let driver = try await process.start(flow)
      _ = try await driver.end()
      let store = process.environment.store
      try await store.saveBulk(
        StoredBulk(name: "foreign", sealedOrder: [1, 2, 3]),
        replaying: [driver.run]
      )
      await #expect(throws: RuntimeFailure.self) {
        try await process.bulk.carryOut("foreign") { Issue.record("\($0)") }
      }
      await #expect(throws: RuntimeFailure.self) {
        try await process.replay.resubmit(driver.run, inBulk: "foreign", for: "somebody")
      }
      #expect(try await process.bulk.unfinished().map(\.count) == [1])
    }
  }

  @Test func `a replay that cannot be prepared is reported once, and the others go on`() throws {
    let service = Service()
    let world = world(service)
    let flow = try Self.flow()
    try world.executor.run {
      let process = world.process("a")
      let driver = try await process.start(flow)
      _ = try await driver.end()
      let runs = [RunID("unknown"), driver.run]
      let bulk = try await process.bulk.intend(runs, .init(mode: .fromActions(["Second"])))
      let failed = Mutex<[RunID]>([])
      let replayed = Mutex<[RunID]>([])
      try await process.bulk.carryOut(bulk) { outcome in
        switch outcome {
        case .failed(let run, _): failed.withLock { $0.append(run) }
        case .replayed(let run, _, _): replayed.withLock { $0.append(run) }
        }
      }
      #expect(failed.withLock { $0 } == [RunID("unknown")])
      #expect(replayed.withLock { $0 } == [driver.run])
      #expect(try await process.bulk.unfinished().isEmpty)
    }
  }

  @Test func `what another process begins between reading and beginning is begun once`() throws {
    let service = Service()
    let world = world(service)
    let flow = try Self.flow()
    try world.executor.run {
      let other = world.process("other")
      let parents = try await other.endedRuns(3, of: flow)
      service.mend()
      let bulk = try await other.bulk.intend(parents, .init(mode: .fromFailed))
      let begun = Mutex(0)
      let isOver = Mutex(false)
      // The first has read what is to be done, and is about to begin the first replay.
      let hooks = StoreHooks(beforeAppend: { _ throws(StoreFailure) in
        guard isOver.withLock({ $0 == false }) else { return }
        isOver.withLock { $0 = true }
        try? await other.bulk.carryOut(bulk) { _ in begun.withLock { $0 += 1 } }
      })
      let first = world.process("first", hooks: hooks)
      try await first.bulk.carryOut(bulk, concurrency: 1) { _ in
        Issue.record("it was begun a second time")
      }
      #expect(begun.withLock { $0 } == 3)
      #expect(try await other.bulk.unfinished().isEmpty)
      for parent in parents {
        let children = try await other.environment.store.runs(matching: RunQuery(parent: parent))
        #expect(children.map(\.status) == [.succeeded])
      }
    }
    #expect(world.transport.requests.count { $0.path == "/second" } == 6)
  }

  @Test(arguments: [0, 3600, -3600] as [Int64])
  func `paced replays begin at their rate, however the clock is set`(step: Int64) throws {
    let service = Service()
    let world = world(service)
    let flow = try Self.flow()
    try world.executor.run {
      let process = world.process("a")
      let parents = try await process.endedRuns(4, of: flow)
      service.mend()
      let bulk = try await process.bulk.intend(parents, .init(mode: .fromFailed))
      let count = Mutex(0)
      try await process.bulk.carryOut(bulk, interval: .seconds(2)) { _ in
        let number = count.withLock { count in
          count += 1
          return count
        }
        if number == 2 { world.clock.step(by: .seconds(step)) }
      }
    }
    let times = world.elapsedArrivals.suffix(4)
    #expect(times.last.map { $0 - times[times.startIndex] <= .seconds(7) } == true)
    for (earlier, later) in zip(times, times.dropFirst()) {
      #expect(later - earlier >= .seconds(2))
    }
  }
}

extension SimulatedWorld.Process {
  var replay: RunReplay {
    RunReplay(worker: worker, connections: connections) { name throws(RuntimeFailure) in
      throw .unknownRun(RunID(name))
    }
  }

  var bulk: BulkReplay { BulkReplay(replay: replay, environment: environment) }

  /// Runs of a flow that ended, in the order in which they began.
  func endedRuns(_ count: Int, of flow: Flow) async throws -> [RunID] {
    var runs: [RunID] = []
    for _ in 0..<count {
      let driver = try await start(flow)
      _ = try await driver.end()
      runs.append(driver.run)
    }
    return runs
  }

  func finishInterrupted() async throws {
    let query = RunQuery(statuses: [.running, .waiting])
    for record in try await environment.store.runs(matching: query) {
      _ = try await worker.takeOver(record.id).end()
    }
  }
}
