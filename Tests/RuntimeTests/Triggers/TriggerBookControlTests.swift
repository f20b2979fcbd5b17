import Crypto
import Definitions
import Engine
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Testing
import Timekeeping

/// Triggers that are paused, changed, fired by hand, held back or that poll.
@Suite struct TriggerBookControlTests: TriggerBookSuite {
  // MARK: Pausing and changing

  @Test func `a paused trigger rests, also over a restart, and goes on with the next time`() throws
  {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let flows = ["f": IntakeWorld.flow(Self.hourly(["metadata": ["missedFires": "all"]]))]
      let first = try await world.server(flows, as: "a")
      let book = Self.book(first)
      try await Self.live(book, clock, until: Self.hour(2)) {
        try await clock.sleep(until: Self.hour(0, 60))
        try await book.setPaused(true, trigger: "T", of: "F")
      }
      let second = try await world.server(flows, as: "b")
      let other = Self.book(second)
      try await Self.live(other, clock, until: Self.hour(5, 1)) {
        try await clock.sleep(until: Self.hour(3, 60))
        #expect(await other.trigger("t", of: "f")?.isPaused == true)
        try await other.setPaused(false, trigger: "t", of: "f")
      }
      #expect(try await Self.history(second).map(\.intended) == [0, 4, 5].map { Self.hour($0) })
    }
  }

  @Test func `windows of a pause are made up for`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let server = try await world.server([
        "f": IntakeWorld.flow(Self.hourly(["type": "SlidingWindow"]))
      ])
      let book = Self.book(server)
      try await Self.live(book, clock, until: Self.hour(5, 1)) {
        try await clock.sleep(until: Self.hour(1, 60))
        try await book.setPaused(true, trigger: "t", of: "f")
        try await clock.sleep(until: Self.hour(4, 60))
        try await book.setPaused(false, trigger: "t", of: "f")
      }
      let fires = try await Self.history(server)
      #expect(fires.map(\.intended) == (1...5).map { Self.hour($0) })
      #expect(fires.map(\.actual) == [1, 4, 4, 4, 5].map { Self.hour($0, $0 == 4 ? 60 : 0) })
    }
  }

  @Test func `a disabled flow does not fire, and one that is enabled goes on`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let server = try await world.server(["f": IntakeWorld.flow(Self.hourly())])
      let served = try #require(server.catalog.flow("f"))
      let plan = try await server.catalog.prepared(served).stored
      let row = StoredFlow(
        name: "f",
        planHash: plan.hash,
        isEnabled: true,
        changed: served.changed
      )
      try await server.store.saveFlows([row], plans: [plan])
      let book = Self.book(server)
      try await Self.live(book, clock, until: Self.hour(4, 1)) {
        try await clock.sleep(until: Self.hour(0, 60))
        try await book.setEnabled(false, flow: "f")
        #expect(try await server.store.flows().first?.isEnabled == false)
        try await clock.sleep(until: Self.hour(2, 60))
        try await book.setEnabled(true, flow: "f")
      }
      #expect(try await Self.history(server).map(\.intended) == [0, 3, 4].map { Self.hour($0) })
    }
  }

  @Test func `a changed trigger counts as new, and a flow that is gone leaves nothing`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let server = try await world.server(["f": IntakeWorld.flow(Self.hourly())])
      let book = Self.book(server)
      try await Self.live(book, clock, until: Self.hour(3)) {
        try await clock.sleep(until: Self.hour(0, 60))
        let old = await book.trigger("t", of: "f")
        var served = try #require(server.catalog.flow("f"))
        served.triggers[0].definition["recurrence"] = [
          "frequency": "Hour", "interval": 1, "startTime": "2026-01-01T00:30:00Z",
        ]
        server.catalog.put(served)
        try await clock.sleep(until: Self.hour(0, 1801))
        let new = await book.trigger("t", of: "f")
        #expect(new?.fingerprint != old?.fingerprint)
        #expect(new?.enabled == Self.hour(0, 60))
        server.catalog.remove("f")
        try await clock.sleep(until: Self.hour(2))
        #expect(try await server.store.triggers().isEmpty)
        #expect(await book.count == 0)
      }
      let intended = try await Self.history(server).map(\.intended)
      #expect(intended == [Self.hour(0), Self.hour(0, 1800)])
    }
  }

  // MARK: Concurrency

  @Test func `a recurrence whose line is full is recorded, and a window waits for room`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let narrow: JSONObject = [
        "runtimeConfiguration": ["concurrency": ["runs": 1, "maximumWaitingRuns": 1]]
      ]
      var window = narrow
      window["type"] = "SlidingWindow"
      // Each run takes longer than the time until the next one.
      func slow(_ trigger: JSON) -> JSON {
        [
          "definition": [
            "triggers": ["t": trigger],
            "actions": [
              "a": ["type": "Wait", "inputs": ["interval": ["count": 150, "unit": "Minute"]]]
            ],
          ]
        ]
      }
      let server = try await world.server([
        "f": slow(Self.hourly(narrow)), "w": slow(Self.hourly(window)),
      ])
      try await Self.live(Self.book(server), clock, until: Self.hour(12))
      let fires = try await Self.history(server)
      let times = fires.filter { $0.flow == "f" }
      #expect(times.map(\.intended) == (0..<12).map { Self.hour($0) })
      #expect(times.contains { $0.code == "TooManyWaitingRuns" && $0.status == .skipped })
      let windows = fires.filter { $0.flow == "w" }
      #expect(windows.map(\.intended) == (1...windows.count).map { Self.hour($0) })
      #expect((5..<10).contains(windows.count))
    }
  }

  // MARK: By hand

  @Test func `a trigger fires by hand without moving its timer`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let server = try await world.server(["f": IntakeWorld.flow(Self.hourly())])
      let book = Self.book(server)
      try await Self.live(book, clock, until: Self.hour(1, 1)) {
        try await clock.sleep(until: Self.hour(0, 60))
        let flow = try #require(server.catalog.flow("f"))
        let receipt = try await book.fire(flow.triggers[0], of: flow, outputs: ["body": 5])
        guard case .started(let runs) = receipt else { throw Unexpected() }
        #expect(runs.count == 1)
      }
      let fires = try await Self.history(server)
      #expect(fires.map(\.intended) == [Self.hour(0), Self.hour(0, 60), Self.hour(1)])
      #expect(try await server.bodies().contains(5))
    }
  }

  private struct Unexpected: Error {}

  @Test func `a backfill makes the fires that are missing, in order, once`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let flows = ["f": IntakeWorld.flow(Self.hourly())]
      let first = try await world.server(flows, as: "a")
      try await Self.live(Self.book(first), clock, until: Self.hour(1, 1))
      try await clock.sleep(until: Self.hour(4, 1800))
      let server = try await world.server(flows, as: "b")
      try await Self.live(Self.book(server), clock, until: Self.hour(5, 1))
      let flow = try #require(server.catalog.flow("f"))
      let backfill = Backfill(
        environment: server.process.environment,
        intake: server.intake,
        flow: flow,
        trigger: flow.triggers[0]
      )
      let (from, end) = (Self.hour(0), Self.hour(9))
      let missing = try await backfill.missing(from: from, through: end, enabled: Self.hour(0))
      #expect(missing?.map(\.intended) == (2...4).map { Self.hour($0) })
      for fire in missing ?? [] {
        guard case .started = try await backfill.make(fire) else { throw Unexpected() }
      }
      #expect(try await backfill.missing(from: from, through: end, enabled: nil) == [])
      let fires = try await Self.history(server).filter { $0.run != nil }
      #expect(fires.map(\.intended) == (0...5).map { Self.hour($0) })
    }
  }

  // MARK: Polls

  /// Polls every 20 minutes, and writes down what it is asked.
  private final class SamplePoller: TriggerPoller {
    let store: any Store
    let clock: SimulatedClock
    let calls = Mutex<[String]>([])

    init(_ store: any Store, _ clock: SimulatedClock) { (self.store, self.clock) = (store, clock) }

    func looksAfter(_ trigger: FlowTrigger) -> Bool { trigger.type == "Http" }

    func poll(_ trigger: FlowTrigger, of flow: ServedFlow, _ stored: StoredTrigger) async
      -> Timestamp?
    {
      let minutes = (clock.now() - TriggerBookTests.start).ticks / 600_000_000
      let state = stored.sealed.map { "\($0)" } ?? "nothing"
      calls.withLock { $0.append("poll at \(minutes) with \(state)") }
      var stored = stored
      stored.due = clock.now() + .seconds(1200)
      stored.sealed = [UInt8(minutes)]
      try? await store.saveTriggers([stored])
      return stored.due
    }

    func leave(_ trigger: String, of flow: String, _ stored: StoredTrigger) async -> Bool {
      calls.withLock { $0.append("leave") }
      return true
    }
  }

  @Test func `what polls is asked when it is due and goes on with what it kept`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let server = try await world.server([
        "f": IntakeWorld.flow([
          "type": "Http", "inputs": ["method": "GET", "uri": "https://x.example/"],
          "recurrence": ["frequency": "Minute", "interval": 20],
        ])
      ])
      let poller = SamplePoller(server.store, clock)
      let book = Self.book(server, poller: poller)
      try await Self.live(book, clock, until: Self.hour(2)) {
        try await clock.sleep(until: Self.hour(0, 1500))
        try await book.setPaused(true, trigger: "t", of: "f")
        try await clock.sleep(until: Self.hour(1))
        try await book.setPaused(false, trigger: "t", of: "f")
        try await clock.sleep(until: Self.hour(1, 1201))
      }
      let expected = [
        "poll at 0 with nothing", "poll at 20 with [0]", "leave", "poll at 60 with nothing",
        "poll at 80 with [60]",
      ]
      #expect(poller.calls.withLock { $0 }.prefix(5) == expected[...])
    }
  }
}
