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

/// What failing stores and clocks do to triggers that poll and subscribe.
@Suite struct TriggerBookPollTests: TriggerBookSuite {
  private static let polling = polling([:])

  private static func polling(_ more: JSONObject) -> JSON {
    var trigger = more
    trigger["type"] = "Http"
    trigger["inputs"] = ["method": "GET", "uri": "https://service.example/first"]
    trigger["recurrence"] = ["frequency": "Minute", "interval": 1]
    return IntakeWorld.flow(.object(trigger))
  }

  private static func answer(_ status: Int, _ body: JSON? = nil, after: Duration = .zero)
    -> ScriptedAnswer
  {
    var response = HTTPResponse(status: status, headers: ["Location": "/next"])
    if let body {
      response.body = body.bytes
      response.headers["Content-Type"] = "application/json"
    }
    return .respond(response, after: after)
  }

  /// A book that looks every second and does what triggers ask for.
  private static func book(_ bench: ActiveBench) -> TriggerBook {
    book(bench.server, poller: bench.active, longestSleep: .seconds(1))
  }

  // MARK: Disks

  @Test func `an event is taken in once when the disk cannot be read after its poll`() throws {
    let world = IntakeWorld { request, _ in
      request.target == "/first" ? Self.answer(200, 1) : Self.answer(202)
    }
    let clock = world.base.clock
    let bodies = try world.run {
      let disk = SwitchedDisk()
      var hooks = disk.hooks
      hooks.afterAppend = { append throws(StoreFailure) in
        if append.expectedVersion == 0, clock.now() == Self.start { disk.isBroken = true }
      }
      let server = try await world.server(["f": Self.polling], hooks: hooks)
      let bench = await ActiveBench(server)
      try await Self.live(Self.book(bench), clock, until: Self.hour(0, 600)) {
        try await clock.sleep(until: Self.hour(0, 150))
        disk.isBroken = false
      }
      return try await server.bodies()
    }
    #expect(bodies == [1])
    #expect(world.base.transport.requests.count { $0.target == "/first" } == 1)
  }

  /// Who is subscribed at a service, by the addresses to call.
  private final class Subscribers: Sendable {
    let addresses = Mutex<Set<String>>([])

    func answer(_ request: HTTPRequest) -> ScriptedAnswer {
      let address = String(decoding: request.body, as: UTF8.self)
      addresses.withLock { addresses in
        if request.target == "/subscribe" {
          addresses.insert(address)
        } else {
          addresses.remove(address)
        }
      }
      return .respond(HTTPResponse(status: 200), after: .milliseconds(500))
    }
  }

  private static let subscribing: JSON = {
    func request(_ path: String) -> JSON {
      [
        "method": "POST", "uri": .string("https://service.example/\(path)"),
        "body": "@{listCallbackUrl()}",
      ]
    }
    return IntakeWorld.flow([
      "type": "HttpWebhook",
      "inputs": ["subscribe": request("subscribe"), "unsubscribe": request("unsubscribe")],
    ])
  }()

  @Test func `a subscription after which the disk cannot be read is not left behind`() throws {
    let (disk, subscribers) = (SwitchedDisk(), Subscribers())
    let world = IntakeWorld { request, number in
      if number == 1 { disk.isBroken = true }
      return subscribers.answer(request)
    }
    let clock = world.base.clock
    try world.run {
      let server = try await world.server(["f": Self.subscribing], hooks: disk.hooks)
      let bench = await ActiveBench(server)
      try await Self.live(Self.book(bench), clock, until: Self.hour(0, 600)) {
        try await clock.sleep(until: Self.hour(0, 100))
        disk.isBroken = false
      }
    }
    #expect(subscribers.addresses.withLock { $0.count } == 1)
    let sent = world.base.transport.requests.map(\.target)
    #expect(sent.sorted() == ["/subscribe", "/subscribe", "/unsubscribe"])
  }

  @Test func `a trigger is not paused before it is written that its subscription is undone`() throws
  {
    let left = try subscribed(until: Self.hour(0, 600)) { disk, book in
      disk.failOnce()
      await #expect(throws: RuntimeFailure.self) {
        try await book.setPaused(true, trigger: "t", of: "f")
      }
      #expect(await book.trigger("t", of: "f")?.isPaused == false)
      try await book.setPaused(true, trigger: "t", of: "f")
    }
    #expect(left.addresses == [])
  }

  @Test func `a trigger whose pause cannot be written subscribes anew`() throws {
    let left = try subscribed(until: Self.hour(0, 110)) { disk, book in
      disk.failOnce(after: 1)
      await #expect(throws: RuntimeFailure.self) {
        try await book.setPaused(true, trigger: "t", of: "f")
      }
    }
    #expect(left.addresses.count == 1)
    #expect(left.targets.sorted() == ["/subscribe", "/subscribe", "/unsubscribe"])
  }

  /// Who is subscribed and what the service was asked when something happens to a trigger that
  /// subscribed long ago.
  private func subscribed(
    until end: Timestamp,
    _ act: @escaping @Sendable (SwitchedDisk, TriggerBook) async throws -> Void
  ) throws -> (addresses: Set<String>, targets: [String]) {
    let (disk, subscribers) = (SwitchedDisk(), Subscribers())
    let world = IntakeWorld { request, _ in subscribers.answer(request) }
    let clock = world.base.clock
    try world.run {
      let server = try await world.server(["f": Self.subscribing], hooks: disk.hooks)
      let book = Self.book(await ActiveBench(server))
      try await Self.live(book, clock, until: end) {
        try await clock.sleep(until: Self.hour(0, 100))
        try await act(disk, book)
      }
    }
    return (subscribers.addresses.withLock { $0 }, world.base.transport.requests.map(\.target))
  }

  @Test(arguments: 1...10, [1, 2])
  func `a flow that is disabled and enabled is not deaf, whenever its process dies meanwhile`(
    write: Int,
    death: Int
  ) throws {
    let count = try subscriberCount(dying: write, in: death) { book, isEnabled in
      try await book.setEnabled(isEnabled, flow: "f")
    }
    #expect(count == 1)
  }

  @Test(arguments: 1...10, [1, 2])
  func `a trigger that is paused and resumed is not deaf, whenever its process dies meanwhile`(
    write: Int,
    death: Int
  ) throws {
    let count = try subscriberCount(dying: write, in: death) { book, isResumed in
      try await book.setPaused(!isResumed, trigger: "t", of: "f")
    }
    #expect(count == 1)
  }

  /// How often a trigger is subscribed after it is stopped by a first process and started again,
  /// where the first or second process dies after so many writes.
  private func subscriberCount(
    dying write: Int,
    in death: Int,
    _ turn: @escaping @Sendable (TriggerBook, Bool) async throws -> Void
  ) throws -> Int {
    let subscribers = Subscribers()
    let world = IntakeWorld { request, _ in subscribers.answer(request) }
    let clock = world.base.clock
    try world.run {
      for process in 1...3 {
        let disk = DyingDisk(clock)
        let bench = try await Self.process(process, world, disk)
        let book = Self.book(bench)
        try await Self.live(book, clock, until: clock.now() + .seconds(60)) {
          try await clock.pause(for: .seconds(10))
          if process == death { disk.die(after: write) }
          // Nobody turns it again once the process is dead.
          if process == 1, (try? await turn(book, false)) == nil { return }
          try await clock.pause(for: .seconds(10))
          if process >= death { try? await turn(book, true) }
        }
        await bench.server.store.close()
      }
    }
    return subscribers.addresses.withLock { $0.count }
  }

  /// A process that serves a flow as far as that is enabled in the store.
  private static func process(_ number: Int, _ world: IntakeWorld, _ disk: DyingDisk) async throws
    -> ActiveBench
  {
    let server = try await world.server(
      ["f": subscribing],
      as: "\(number)",
      hooks: disk.hooks
    )
    var served = try #require(server.catalog.flow("f"))
    if let row = try await server.store.flows().first { served.isEnabled = row.isEnabled }
    server.catalog.put(served)
    let plan = try await server.catalog.prepared(served).stored
    let row = StoredFlow(
      name: "f",
      planHash: plan.hash,
      isEnabled: served.isEnabled,
      changed: served.changed
    )
    try await server.store.saveFlows([row], plans: [plan])
    let bench = await ActiveBench(server)
    try await bench.active.recover()
    return bench
  }

  // MARK: Clocks

  @Test func `a poll by a clock that is too late hides no event from a later one`() throws {
    let world = IntakeWorld { _, number in
      number == 4 ? Self.answer(200, [1, 2]) : Self.answer(202)
    }
    let clock = world.base.clock
    let bodies = try world.run {
      let server = try await world.server(["f": Self.polling(["splitOn": "@triggerBody()"])])
      let bench = await ActiveBench(server)
      try await Self.live(Self.book(bench), clock, until: Self.hour(0, 100)) {
        try await clock.pause(for: .seconds(1))
        clock.step(by: .seconds(3600))
        try await clock.pause(for: .seconds(2))
        clock.step(by: .seconds(-3600))
      }
      return try await server.bodies()
    }
    #expect(Set(bodies) == [1, 2])
  }

  @Test(arguments: [1, 20])
  func `a trigger whose first poll met a clock that was set back goes on polling`(seconds: Int)
    throws
  {
    let world = IntakeWorld { _, _ in Self.answer(202, after: .seconds(10)) }
    let clock = world.base.clock
    try world.run {
      let bench = await ActiveBench(try await world.server(["f": Self.polling]))
      try await Self.live(Self.book(bench), clock, until: Self.hour(0, -3300)) {
        try await clock.pause(for: .seconds(seconds))
        clock.step(by: .seconds(-3600))
      }
    }
    #expect((4...8).contains(world.base.transport.requests.count))
  }

  @Test func `a poll that cannot be written is repeated with pauses when the clock is set back`()
    throws
  {
    let world = IntakeWorld { _, _ in Self.answer(202, after: .seconds(1)) }
    let clock = world.base.clock
    try world.run {
      let disk = SwitchedDisk()
      var hooks = disk.hooks
      hooks.beforeAccess = { () throws(StoreFailure) in }
      let bench = await ActiveBench(try await world.server(["f": Self.polling], hooks: hooks))
      try await Self.live(Self.book(bench), clock, until: Self.hour(0, -3400)) {
        try await clock.pause(for: .seconds(90))
        disk.isBroken = true
        clock.step(by: .seconds(-3600))
      }
    }
    #expect((8...14).contains(world.base.transport.requests.count))
  }

  @Test func `a trigger that never polled begins at once by a clock that was set back`() throws {
    let world = IntakeWorld { _, _ in Self.answer(202) }
    let clock = world.base.clock
    try world.run {
      let first = await ActiveBench(try await world.server(["f": Self.polling], as: "first"))
      try await Self.book(first).open()
      clock.step(by: .seconds(-7200))
      let second = await ActiveBench(try await world.server(["f": Self.polling], as: "second"))
      try await Self.live(Self.book(second), clock, until: Self.hour(0, -7000))
    }
    #expect((3...5).contains(world.base.transport.requests.count))
  }

  @Test func `a timer without a start time goes on at once when the clock is set back`() throws {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let timer: JSON = [
        "type": "Recurrence", "recurrence": ["frequency": "Minute", "interval": 1],
      ]
      let server = try await world.server(["f": IntakeWorld.flow(timer)])
      let book = Self.book(server, longestSleep: .seconds(1))
      try await Self.live(book, clock, until: Self.hour(0, -3400)) {
        try await clock.pause(for: .seconds(10))
        clock.step(by: .seconds(-3600))
      }
      let fires = try await Self.history(server).filter { $0.run != nil }
      #expect(fires.count == 4)
      #expect(Set(fires.map(\.intended)).count == 4)
    }
  }

  @Test func `a timer that began anew when the clock was set back goes on after a restart`() throws
  {
    let world = IntakeWorld()
    let clock = world.base.clock
    try world.run {
      let recurrence: JSONObject = ["frequency": "Minute", "startTime": "2025-12-31T23:00:00Z"]
      let flow = IntakeWorld.flow(
        Self.hourly(["metadata": ["missedFires": "all"]], recurrence: recurrence)
      )
      let first = try await world.server(["f": flow], as: "first")
      try await Self.live(Self.book(first, longestSleep: .seconds(1)), clock, until: Self.hour(0)) {
        try await clock.pause(for: .seconds(10))
        clock.step(by: .seconds(-600))
        try await clock.pause(for: .seconds(300))
        await first.store.close()
      }
      clock.advance(to: Self.hour(0, 30))
      let second = try await world.server(["f": flow], as: "second")
      try await Self.live(Self.book(second), clock, until: Self.hour(0, 90))
      let fires = try await Self.history(second).filter { $0.run != nil }
      #expect(fires.map(\.intended).sorted() == (-9...1).map { Self.hour(0, $0 * 60) })
    }
  }
}
