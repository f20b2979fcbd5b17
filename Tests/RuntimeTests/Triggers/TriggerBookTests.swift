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

@Suite struct TriggerBookTests {
  /// 2026-01-01T00:00:00Z, where simulated time starts.
  private static let start = Timestamp(seconds: 1_767_225_600)

  private static func hour(_ hours: Int, _ seconds: Int = 0) -> Timestamp {
    start + .seconds(hours * 3600 + seconds)
  }

  private static func hourly(_ more: JSONObject = [:], recurrence: JSONObject = [:]) -> JSON {
    var rule: JSONObject = [
      "frequency": "Hour", "interval": 1, "startTime": "2026-01-01T00:00:00Z",
    ]
    for member in recurrence.members { rule[member.key] = member.value }
    var trigger: JSONObject = ["type": "Recurrence", "recurrence": .object(rule)]
    for member in more.members { trigger[member.key] = member.value }
    return .object(trigger)
  }

  /// A book of a process that serves flows.
  private static func book(
    _ server: IntakeWorld.Server,
    poller: (any TriggerPoller)? = nil,
    longestSleep: Duration = .seconds(300)
  ) -> TriggerBook {
    var environment = server.process.environment
    environment.digests = .openSSL
    return TriggerBook(
      environment: environment,
      catalog: server.catalog,
      intake: server.intake,
      poller: poller,
      longestSleep: longestSleep
    )
  }

  /// Opens a book and lets it run until a time.
  private static func live(
    _ book: TriggerBook,
    _ clock: SimulatedClock,
    until end: Timestamp,
    _ body: @escaping @Sendable () async throws -> Void = {}
  ) async throws {
    try await book.open()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await book.run() }
      try await body()
      try await clock.sleep(until: end)
      group.cancelAll()
    }
  }

  private static func history(_ server: IntakeWorld.Server) async throws -> [TriggerFire] {
    try await server.store.fires(matching: FireQuery()).reversed()
  }

  // MARK: Firing

  @Test func `a timer starts one run at each of its times and records how late it was`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let server = try await world.server(["f": IntakeWorld.flow(Self.hourly())])
      try await Self.live(Self.book(server), clock, until: Self.hour(5, 1))
      let fires = try await Self.history(server)
      #expect(fires.map(\.intended) == (0...5).map { Self.hour($0) })
      #expect(fires.allSatisfy { $0.status == .succeeded && $0.run != nil })
      #expect(fires.allSatisfy { $0.lateness >= .zero && $0.lateness < .seconds(1) })
      #expect(fires.map(\.identity) == fires.map(\.intended.description))
      let row = try await server.store.trigger("t", of: "f")
      #expect(row?.last == Self.hour(5) && row?.due == Self.hour(6))
    }
  }

  @Test func `a flow is made ready seconds before its timer is due`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let late = ["startTime": "2026-01-01T01:00:00Z"] as JSONObject
      let server = try await world.server([
        "f": IntakeWorld.flow(Self.hourly(recurrence: late)), "g": IntakeWorld.flow([:]),
      ])
      let intake = Foresight(intake: server.intake, clock: clock)
      let book = TriggerBook(
        environment: server.process.environment,
        catalog: server.catalog,
        intake: intake
      )
      try await Self.live(book, clock, until: Self.hour(1, 1))
      let ready = intake.prepared.withLock { $0 }
      #expect(Set(ready.map(\.flow)) == ["f"])
      #expect(ready.allSatisfy { $0.time >= Self.hour(1) - .seconds(5) })
      #expect(ready.contains { $0.time < Self.hour(1) - .seconds(1) })
    }
  }

  /// Notes what is made ready, and when.
  private final class Foresight: TriggerIntake {
    let intake: RunIntake
    let clock: SimulatedClock
    let prepared = Mutex<[(flow: String, time: Timestamp)]>([])

    init(intake: RunIntake, clock: SimulatedClock) {
      self.intake = intake
      self.clock = clock
    }

    func take(_ occurrence: TriggerOccurrence) async throws(RuntimeFailure) -> TriggerReceipt {
      try await intake.take(occurrence)
    }

    func prepare(_ flow: ServedFlow) async {
      prepared.withLock { $0.append((flow.name, clock.now())) }
      await intake.prepare(flow)
    }
  }

  @Test func `a thousand timers of one instant all start in it`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let flow = IntakeWorld.flow(Self.hourly(recurrence: ["startTime": "2026-01-01T01:00:00Z"]))
      let names = (0..<1000).map { "f\($0)" }
      let server = try await world.server(
        Dictionary(uniqueKeysWithValues: names.map { ($0, flow) })
      )
      try await Self.live(Self.book(server), clock, until: Self.hour(1, 1))
      let fires = try await Self.history(server)
      #expect(fires.count == 1000)
      #expect(fires.allSatisfy { $0.actual == Self.hour(1) })
    }
  }

  @Test func `a trigger without a start fires at once when new or changed, not after a restart`()
    throws
  {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      func timer(_ interval: Int64) -> JSON {
        IntakeWorld.flow([
          "type": "Recurrence",
          "recurrence": ["frequency": "Hour", "interval": .integer(interval)],
        ])
      }
      let first = try await world.server(["f": timer(2)], as: "a")
      try await Self.live(Self.book(first), clock, until: Self.hour(3))
      let second = try await world.server(["f": timer(2)], as: "b")
      try await Self.live(Self.book(second), clock, until: Self.hour(5))
      #expect(try await Self.history(second).map(\.intended) == [0, 2, 4].map { Self.hour($0) })
      let third = try await world.server(["f": timer(3)], as: "c")
      try await Self.live(Self.book(third), clock, until: Self.hour(9))
      let expected = [0, 2, 4, 5, 8].map { Self.hour($0) }
      #expect(try await Self.history(third).map(\.intended) == expected)
    }
  }

  // MARK: Missed times

  @Test(arguments: [("skip", [0, 4]), ("last", [0, 3, 4]), ("all", [0, 1, 2, 3, 4])])
  func `times missed while no server ran follow the policy and are recorded`(
    policy: String,
    fired: [Int]
  ) throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let flow = IntakeWorld.flow(Self.hourly(["metadata": ["missedFires": .string(policy)]]))
      let first = try await world.server(["f": flow], as: "a")
      try await Self.live(Self.book(first), clock, until: Self.hour(0, 10))
      try await clock.sleep(until: Self.hour(3, 1800))
      let second = try await world.server(["f": flow], as: "b")
      try await Self.live(Self.book(second), clock, until: Self.hour(4, 10))
      let fires = try await Self.history(second)
      let runs = fires.filter { $0.run != nil }.map(\.intended).sorted()
      #expect(runs == fired.map { Self.hour($0) })
      let missed = fires.filter { $0.code == "Missed" }
      #expect(
        missed.map(\.intended) == (1...3).filter { !fired.contains($0) }.map { Self.hour($0) }
      )
      #expect(missed.allSatisfy { $0.status == .skipped && $0.actual == Self.hour(3, 1800) })
    }
  }

  @Test func `thousands of missed times are one entry`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let flow = IntakeWorld.flow(Self.hourly(recurrence: ["frequency": "Minute"]))
      let first = try await world.server(["f": flow], as: "a")
      try await Self.live(Self.book(first), clock, until: Self.hour(0, 1))
      try await clock.sleep(until: Self.hour(100, 30))
      let second = try await world.server(["f": flow], as: "b")
      try await Self.live(Self.book(second), clock, until: Self.hour(100, 31))
      let missed = try await Self.history(second).filter { $0.code == "Missed" }
      #expect(missed.count == 1)
      #expect(missed.first?.error?.contains("5999 times") == true)
      #expect(missed.first?.intended == Self.hour(100) - .seconds(60))
    }
  }

  // MARK: Crashes

  @Test(arguments: Array(1...9), [false, true])
  func `a crash at any write loses no fire and doubles none`(write: Int, after: Bool) throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let flows = [
        "f": IntakeWorld.flow(Self.hourly(["metadata": ["missedFires": "all"]])),
        "g": IntakeWorld.flow(
          Self.hourly([
            "metadata": ["missedFires": "all"],
            "runtimeConfiguration": ["concurrency": ["runs": 1]],
          ])
        ),
        "w": IntakeWorld.flow(
          Self.hourly(["type": "SlidingWindow", "inputs": ["delay": "PT60S"]])
        ),
      ]
      let dying = DyingProcess(at: write, after: after)
      let first = try await world.server(flows, as: "a", hooks: dying.hooks)
      try? await Self.live(Self.book(first), clock, until: Self.hour(3))
      await first.store.close()
      let second = try await world.server(flows, as: "b")
      try await second.intake.recover()
      try await Self.live(Self.book(second), clock, until: Self.hour(5, 120))
      let fires = try await Self.history(second)
      for flow in ["f", "g"] {
        let made = fires.filter { $0.flow == flow && $0.status == .succeeded }.map(\.intended)
        #expect(made.sorted() == (0...5).map { Self.hour($0) }, "\(flow)")
      }
      let windows = fires.filter { $0.flow == "w" && $0.status == .succeeded }.map(\.intended)
      #expect(windows.sorted() == (1...5).map { Self.hour($0, 60) })
      let runs = try await second.store.runs(matching: RunQuery())
      #expect(runs.count == 17)
    }
  }

  @Test func `two books on one store start one run for each time`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let flows = ["f": IntakeWorld.flow(Self.hourly()), "g": IntakeWorld.flow(Self.hourly())]
      let first = try await world.server(flows, as: "a")
      let second = try await world.server(flows, as: "b")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for server in [first, second] {
          group.addTask {
            try await Self.live(Self.book(server), clock, until: Self.hour(20, 1))
          }
        }
        try await group.waitForAll()
      }
      let runs = try await first.store.runs(matching: RunQuery())
      #expect(runs.count == 42)
      let fires = try await Self.history(first)
      #expect(fires.count == 42 && fires.allSatisfy { $0.status == .succeeded })
    }
  }

  @Test func `what the store cannot take now is tried again until it can`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let isFull = Mutex(true)
      let box = Box(isFull: isFull)
      let hooks = StoreHooks(beforeAppend: { _ throws(StoreFailure) in
        if box.isFull.withLock({ $0 }) { throw StoreFailure(.diskFull, "the disk is full") }
      })
      let server = try await world.server(["f": IntakeWorld.flow(Self.hourly())], hooks: hooks)
      try await Self.live(Self.book(server), clock, until: Self.hour(1)) {
        try await clock.sleep(until: Self.hour(0, 40))
        box.isFull.withLock { $0 = false }
      }
      let fires = try await Self.history(server)
      #expect(fires.first?.intended == Self.hour(0))
      #expect(fires.first?.status == .succeeded)
      #expect(
        fires.first.map { $0.lateness >= .seconds(40) && $0.lateness < .seconds(110) } == true
      )
    }
  }

  private final class Box: Sendable {
    let isFull: Mutex<Bool>
    init(isFull: consuming Mutex<Bool>) { self.isFull = isFull }
  }

  // MARK: Clocks

  @Test func `a clock that is set forward an hour too far and back again costs no fire`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let flow = IntakeWorld.flow(
        Self.hourly(recurrence: ["frequency": "Minute", "interval": 10])
      )
      let server = try await world.server(["f": flow])
      let book = Self.book(server, longestSleep: .seconds(1))
      try await Self.live(book, clock, until: Self.hour(2, 1)) {
        try await clock.sleep(until: Self.hour(0, 605))
        clock.step(by: .seconds(3600))
        try await clock.pause(for: .seconds(30))
        clock.step(by: .seconds(-3600))
        try await clock.pause(for: .seconds(4000))
        clock.step(by: .seconds(-3600))
      }
      let fires = try await Self.history(server)
      let made = fires.filter { $0.run != nil }.map(\.intended)
      #expect(Set(made).count == made.count)
      #expect(made.sorted() == (0...12).map { Self.hour(0, $0 * 600) })
      #expect(fires.allSatisfy { $0.actual >= $0.intended })
      let missed = fires.filter { $0.code == "Missed" }.map(\.intended)
      #expect(missed == (2...6).map { Self.hour(0, $0 * 600) })
    }
  }

  @Test func `a clock that is set forward is noticed within a second`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let server = try await world.server(["f": IntakeWorld.flow(Self.hourly())])
      let book = Self.book(server, longestSleep: .seconds(1))
      try await Self.live(book, clock, until: Self.hour(1, 10)) {
        try await clock.sleep(until: Self.hour(0, 1000))
        clock.step(by: .seconds(2600))
      }
      let late = try await Self.history(server).last?.lateness
      #expect(late.map { $0 <= .seconds(1) } == true)
    }
  }

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

    func leave(_ trigger: String, of flow: String, _ stored: StoredTrigger) async {
      calls.withLock { $0.append("leave") }
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
