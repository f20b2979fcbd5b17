import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Simulation
import Synchronization
import Testing
import Timekeeping

@testable import Runtime

@Suite struct RunRosterTests {
  let world: SimulatedWorld

  init() {
    world = SimulatedWorld { request, number in
      .respond(HTTPResponse(status: request.path == "/flaky" && number == 1 ? 500 : 200))
    }
  }

  /// Sends, waits for an hour, sends again.
  static let pausing = """
    {"triggers": {"manual": {"type": "Request"}}, "actions": {
      "First": {"type": "Http", "inputs": {"method": "GET", "uri": "https://h/first"}},
      "Pause": {"type": "Wait", "inputs": {"interval": {"count": 1, "unit": "Hour"}},
        "runAfter": {"First": ["Succeeded"]}},
      "Second": {"type": "Http", "inputs": {"method": "GET", "uri": "https://h/second"},
        "runAfter": {"Pause": ["Succeeded"]}}}}
    """

  /// Subscribes and waits to be called back.
  private static let hooked = """
    {"triggers": {"manual": {"type": "Request"}}, "actions": {
      "Hook": {"type": "HttpWebhook", "inputs": {
        "subscribe": {"method": "POST", "uri": "https://h/subscribe"},
        "unsubscribe": {"method": "POST", "uri": "https://h/unsubscribe"}}}}}
    """

  /// A server's process: its worker leaves waiting runs to the roster.
  struct Server: Sendable {
    let process: SimulatedWorld.Process
    let roster: RunRoster

    var store: any Store { process.environment.store }

    func start(_ text: String) async throws -> RunID {
      let flow = try SimulatedWorld.flow("sample", Array(text.utf8))
      return try await process.start(flow).run
    }

    func sleep(_ duration: Duration) async throws {
      let clock = process.environment.clock
      try await clock.sleep(until: clock.now() + duration)
    }

    func status(_ run: RunID) async throws -> RunStatus? { try await store.run(run)?.status }

    /// The process dies: nothing that it does later reaches the store.
    func die() async { await store.close() }
  }

  func server(_ name: String = "server", hooks: StoreHooks = StoreHooks()) async -> Server {
    let process = world.process(name, hooks: hooks, leavesLongWaits: true)
    let roster = RunRoster(worker: process.worker)
    await roster.start()
    return Server(process: process, roster: roster)
  }

  private var paths: [String] { world.transport.requests.map(\.path) }

  // MARK: Waiting

  @Test func `a run that waits for long is a row, and goes on in time`() throws {
    try world.executor.run {
      let server = await server()
      let run = try await server.start(Self.pausing)
      try await server.sleep(.seconds(60))
      let waiting = try await server.store.run(run)
      #expect(waiting?.status == .waiting && waiting?.owner == nil)
      #expect(server.process.worker.live.count == 0)
      try await server.sleep(.seconds(3600))
      let ended = try await server.store.run(run)
      #expect(ended?.status == .succeeded && ended?.owner == nil)
      #expect(server.process.worker.live.count == 0)
    }
    #expect(paths == ["/first", "/second"])
    let pause = world.arrivalTimes[1] - world.arrivalTimes[0]
    #expect(pause >= .seconds(3600) && pause < .seconds(3601))
  }

  @Test func `a run that waits for a moment is kept`() throws {
    try world.executor.run {
      let server = await server()
      let short = Self.pausing.replacing(#""count": 1, "unit": "Hour""#, with: Self.fourSeconds)
      let run = try await server.start(short)
      try await server.sleep(.seconds(2))
      #expect(server.process.worker.live.count == 1)
      try await server.sleep(.seconds(3))
      #expect(try await server.status(run) == .succeeded)
    }
  }

  private static let fourSeconds = #""count": 4, "unit": "Second""#

  @Test func `who waits for a run gets its end, also after it was left`() throws {
    try world.executor.run {
      let server = await server()
      let flow = try SimulatedWorld.flow("sample", Array(Self.pausing.utf8))
      let driver = try await server.process.start(flow)
      try await server.sleep(.seconds(60))
      #expect(server.process.worker.live.count == 0)
      let state = try await driver.end()
      #expect(state.status == .succeeded)
    }
    #expect(paths == ["/first", "/second"])
  }

  @Test func `runs wake in the order of their time, with one task asleep for all`() throws {
    try world.executor.run {
      let server = await server()
      var runs: [RunID] = []
      for _ in 0..<50 {
        runs.append(try await server.start(Self.pausing))
        try await server.sleep(.seconds(30))
      }
      // One for what is due next, one that looks for dead processes, and this task.
      #expect(world.clock.sleeperCount <= 2)
      try await server.sleep(.seconds(3600))
      for run in runs { #expect(try await server.status(run) == .succeeded) }
    }
    let late = zip(world.arrivalTimes[50...], world.arrivalTimes).map { $0 - $1 }
    #expect(late.count == 50 && late.allSatisfy { $0 < .seconds(3601) })
  }

  // MARK: Delivering

  @Test func `a callback that comes twice at once is one event of one driver`() throws {
    try world.executor.run {
      let server = await server()
      let run = try await server.start(Self.hooked)
      try await server.sleep(.seconds(3600))
      #expect(server.process.worker.live.count == 0)
      let address = ActionAddress(action: 0, indices: [])
      try await withThrowingTaskGroup { group in
        for number in 0..<5 {
          group.addTask {
            let body: JSON = ["body": .integer(Int64(number))]
            try await server.roster.deliver(.callback(address, body), to: run)
          }
        }
        try await group.waitForAll()
      }
      #expect(try await server.status(run) == .succeeded)
      let kinds = try await server.store.journal(of: run).map(\.kind)
      #expect(kinds.count { $0 == "actionEnded" } == 1)
    }
    #expect(paths.first == "/subscribe" && paths.count <= 2)
  }

  @Test func `a callback is durable when its delivery returns`() throws {
    let count = Mutex(0)
    let hooks = StoreHooks(beforeAppend: { append throws(StoreFailure) in
      if append.entries.contains(where: { $0.kind == "actionEnded" }) {
        count.withLock { $0 += 1 }
        throw StoreFailure(.diskFull, "as planned")
      }
    })
    try world.executor.run {
      let server = await server(hooks: hooks)
      let run = try await server.start(Self.hooked)
      try await server.sleep(.seconds(60))
      let callback = RunInput.callback(ActionAddress(action: 0, indices: []), ["body": 1])
      await #expect(throws: RuntimeFailure.self) {
        try await server.roster.deliver(callback, to: run)
      }
      #expect(try await server.status(run) == .waiting)
    }
    #expect(count.withLock { $0 } == 1)
  }

  @Test func `a run that is left can be cancelled`() throws {
    try world.executor.run {
      let server = await server()
      let run = try await server.start(Self.pausing)
      try await server.sleep(.seconds(60))
      try await server.roster.deliver(.cancel, to: run)
      #expect(try await server.status(run) == .cancelled)
      try await server.roster.deliver(.cancel, to: run)
      try await server.sleep(.seconds(4000))
    }
    #expect(paths == ["/first"])
  }

  @Test func `nothing is delivered to unknown runs and those of other living processes`() throws {
    try world.executor.run {
      let server = await server()
      let other = world.process("other")
      let flow = try SimulatedWorld.flow("sample", Array(Self.pausing.utf8))
      let run = try await other.start(flow).run
      try await server.sleep(.seconds(60))
      for run in [run, RunID("unknown")] {
        await #expect(throws: RuntimeFailure.self) {
          try await server.roster.deliver(.cancel, to: run)
        }
      }
      #expect(try await server.status(run) == .waiting)
    }
  }

  // MARK: Crashes

  /// Lets the first so many appends of a process happen, then fails.
  private func dying(at limit: Int, after: Bool) -> StoreHooks {
    let seen = Mutex(0)
    let hook: StoreHooks.Hook = { _ throws(StoreFailure) in
      let number = seen.withLock { seen in
        seen += 1
        return seen
      }
      if number >= limit { throw StoreFailure(.closed, "the process died") }
    }
    return after ? StoreHooks(afterAppend: hook) : StoreHooks(beforeAppend: hook)
  }

  @Test(arguments: 1...7, [true, false])
  func `a run whose server dies around any append goes on in the next one`(
    append: Int,
    after: Bool
  ) throws {
    try world.executor.run {
      let first = await server("first", hooks: dying(at: append, after: after))
      let run = try? await first.start(Self.pausing)
      try await first.sleep(.seconds(append < 4 ? 60 : 3700))
      await first.die()
      let second = await server("second")
      try await second.sleep(.seconds(3700))
      let runs = try await second.store.runs(matching: RunQuery())
      if append == 1 && !after {
        #expect(run == nil && runs.isEmpty)
      } else {
        #expect(runs.count == 1)
        #expect(runs.allSatisfy { $0.status == .succeeded && $0.owner == nil })
      }
    }
    // Only what was under way may be sent again.
    #expect(paths.count { $0 == "/first" } <= 2 && paths.count { $0 == "/second" } <= 2)
    #expect(paths.count <= 3)
  }

  @Test func `everything that a dead server left is taken over, and what waited still waits`()
    throws
  {
    let slow = SimulatedWorld { _, _ in .respond(HTTPResponse(status: 200), after: .seconds(30)) }
    let suite = RunRosterTests(slow)
    try slow.executor.run {
      let first = await suite.server("first")
      for _ in 0..<100 { _ = try await first.start(Self.pausing) }
      try await first.sleep(.seconds(60))
      for _ in 0..<100 { _ = try await first.start(Self.pausing) }
      try await first.sleep(.seconds(1))
      await first.die()
      let second = await suite.server("second")
      try await second.sleep(.seconds(10))
      #expect(second.process.worker.live.count == 100)
      try await second.sleep(.seconds(4000))
      let runs = try await second.store.runs(matching: RunQuery(statuses: [.succeeded]))
      #expect(runs.count == 200)
    }
  }

  // MARK: Stopping

  @Test func `a stop lets requests finish and begins no more`() throws {
    let slow = SimulatedWorld { _, _ in .respond(HTTPResponse(status: 200), after: .seconds(30)) }
    let suite = RunRosterTests(slow)
    let text = Self.pausing.replacing(#""count": 1, "unit": "Hour""#, with: Self.fourSeconds)
    try slow.executor.run {
      let first = await suite.server("first")
      let run = try await first.start(text)
      try await first.sleep(.seconds(10))
      let start = slow.clock.now()
      await first.roster.stop(by: start + .seconds(60))
      #expect(slow.clock.now() - start == .seconds(20))
      try await first.sleep(.seconds(60))
      #expect(try await first.status(run) != .succeeded)
      await first.die()
      let second = await suite.server("second")
      try await second.sleep(.seconds(60))
      #expect(try await second.status(run) == .succeeded)
    }
    #expect(slow.transport.requests.map(\.path) == ["/first", "/second"])
  }

  @Test func `a stop waits no longer than it may`() throws {
    let slow = SimulatedWorld { _, _ in .respond(HTTPResponse(status: 200), after: .seconds(90)) }
    let suite = RunRosterTests(slow)
    try slow.executor.run {
      let server = await suite.server()
      _ = try await server.start(Self.pausing)
      try await server.sleep(.seconds(10))
      let start = slow.clock.now()
      await server.roster.stop(by: start + .seconds(5))
      #expect(slow.clock.now() - start == .seconds(5))
    }
  }

  private init(_ world: SimulatedWorld) { self.world = world }
}
