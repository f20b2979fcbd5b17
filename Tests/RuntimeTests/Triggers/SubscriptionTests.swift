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

@Suite struct SubscriptionTests {
  private static let flow = IntakeWorld.flow([
    "type": "HttpWebhook",
    "inputs": [
      "subscribe": [
        "method": "POST", "uri": "https://service.example/subscribe",
        "body": ["callback": "@{listCallbackUrl()}"],
      ],
      "unsubscribe": [
        "method": "DELETE",
        "uri": "https://service.example/undo/@{triggerOutputs()?['body']?['id']}",
        "body": "@{listCallbackUrl()}",
      ],
    ],
  ])

  /// A service that remembers who subscribed.
  private static func world(failing count: Int = 0) -> IntakeWorld {
    IntakeWorld { request, number in
      if number <= count { return .respond(HTTPResponse(status: 500)) }
      let body: JSON = ["id": .integer(Int64(number))]
      return .respond(
        HTTPResponse(
          status: request.method == "DELETE" ? 204 : 201,
          headers: ["Content-Type": "application/json"],
          body: request.method == "DELETE" ? [] : body.bytes
        )
      )
    }
  }

  private static func callback(_ request: HTTPRequest?) throws -> String {
    let body = try JSON(parsing: request?.body ?? [])
    return try #require(body["callback"]?.stringValue)
  }

  @Test func `a subscription is made once, and its reports start runs`() throws {
    let world = Self.world()
    let (statuses, bodies) = try world.run {
      let bench = await ActiveBench(try await world.server(["f": Self.flow]))
      try await bench.rounds(3)
      let address = try Self.callback(world.base.transport.requests.first)
      let id: HTTPFields = ["webhook-id": "1"]
      let statuses = [
        try await bench.desk.send(address, 1, headers: id).status,
        try await bench.desk.send(address, 1, headers: id).status,
        try await bench.desk.send(address, 2).status,
        try await bench.desk.send(address + "x", 3).status,
      ]
      return (statuses, try await bench.server.bodies())
    }
    #expect(world.base.transport.requests.count == 1)
    #expect(statuses == [202, 200, 202, 401])
    #expect(bodies == [1, 2])
  }

  @Test func `leaving undoes it, and its address is gone`() throws {
    let world = Self.world()
    let statuses = try world.run {
      let bench = await ActiveBench(try await world.server(["f": Self.flow]))
      try await bench.rounds(1)
      let old = try Self.callback(world.base.transport.requests.first)
      try await bench.leave()
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(1))
      let left = try await bench.desk.send(old, 1).status
      try await bench.rounds(1)
      let new = try Self.callback(world.base.transport.requests.last)
      let rows = try await bench.server.store.triggers().count
      #expect(rows == 1)
      return [
        left, try await bench.desk.send(old, 1).status, try await bench.desk.send(new, 2).status,
      ]
    }
    #expect(statuses == [410, 410, 202])
    let sent = world.base.transport.requests.map { "\($0.method) \($0.target)" }
    #expect(sent == ["POST /subscribe", "DELETE /undo/1", "POST /subscribe"])
  }

  @Test func `a refused subscription is recorded and tried again`() throws {
    let world = Self.world(failing: 1)
    let (history, times) = try world.run {
      let bench = await ActiveBench(try await world.server(["f": Self.flow]))
      let times = try await bench.rounds(2)
      return (try await bench.server.history(), times)
    }
    // The standard policy tries again after 7 s at the latest.
    #expect(times == [0, 7])
    #expect(history.count == 1)
    #expect(history.first?.hasSuffix("Failed InternalServerError") == true)
    #expect(world.base.transport.requests.count { $0.method == "POST" } == 2)
  }

  @Test func `what cannot be undone now is undone by the next process`() throws {
    let world = IntakeWorld { request, number in
      let isDown = request.method == "DELETE" && number < 5
      return .respond(HTTPResponse(status: isDown ? 503 : 200))
    }
    let rows = try world.run {
      let first = await ActiveBench(try await world.server(["f": Self.flow], as: "first"))
      try await first.rounds(1)
      try await first.leave()
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(6))
      let second = await ActiveBench(try await world.server(["f": Self.flow], as: "second"))
      try await second.active.recover()
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(200))
      return try await second.server.store.triggers().filter { $0.flow != "f" }.count
    }
    #expect(rows == 0)
    #expect(world.base.transport.requests.last?.method == "DELETE")
  }

  @Test(arguments: [0, 86_400 * 3, -86_400] as [Int64])
  func `what cannot be undone is tried for a while, however the clock is set`(step: Int64) throws {
    let world = IntakeWorld { request, number in
      let isDown = request.method == "DELETE" && number < 8
      return .respond(HTTPResponse(status: isDown ? 503 : 200))
    }
    try world.run {
      let bench = await ActiveBench(try await world.server(["f": Self.flow]))
      try await bench.rounds(1)
      try await bench.leave()
      try await world.base.clock.pause(for: .seconds(1))
      world.base.clock.step(by: .seconds(step))
      try await world.base.clock.pause(for: .seconds(1200))
      let rows = try await bench.server.store.triggers()
      #expect(rows.map(\.flow) == ["f"])
    }
    #expect(world.base.transport.requests.count { $0.method == "DELETE" } == 7)
  }

  @Test func `who cannot undo gives up after a day`() throws {
    let world = IntakeWorld { request, _ in
      .respond(HTTPResponse(status: request.method == "DELETE" ? 503 : 200))
    }
    try world.run {
      let bench = await ActiveBench(try await world.server(["f": Self.flow]))
      try await bench.rounds(1)
      try await bench.leave()
      try await world.base.clock.pause(for: .seconds(86_000))
      #expect(try await bench.server.store.triggers().count == 2)
      try await world.base.clock.pause(for: .seconds(4000))
      #expect(try await bench.server.store.triggers().map(\.flow) == ["f"])
    }
  }

  @Test func `a trigger whose process died as it left subscribes anew at once`() throws {
    let world = Self.world()
    try world.run {
      let first = await ActiveBench(try await world.server(["f": Self.flow], as: "first"))
      try await first.rounds(1)
      // It dies before the row of the trigger is written and before the service hears of it.
      try await first.leave()
      await first.server.store.close()
      let second = await ActiveBench(try await world.server(["f": Self.flow], as: "second"))
      try await second.active.recover()
      try await world.base.clock.pause(for: .seconds(1))
      let third = await ActiveBench(try await world.server(["f": Self.flow], as: "third"))
      try await third.active.recover()
      try await third.rounds(1)
    }
    #expect(world.base.arrivalTimes.last == Timestamp(seconds: 1_767_225_601))
    #expect(world.base.transport.requests.last?.method == "POST")
  }

  /// Leaves the row that was written before a request left.
  private static func loseAnswer(to row: StoredTrigger, _ server: IntakeWorld.Server) async throws {
    var intended = row
    let state: JSON = [
      "subscription": "lost", "isActive": false,
      "undoing": [
        "flow": "f", "trigger": "t", "type": "HttpWebhook",
        "inputs": ["method": "DELETE", "uri": "https://service.example/lost"],
      ],
    ]
    intended.sealed = try server.process.environment.vault.seal(state.bytes, for: "trigger/f/t")
    try await server.store.saveTriggers([intended])
  }

  @Test func `an intent that was left in the middle is undone and made anew`() throws {
    let world = Self.world()
    let (first, second) = try world.run {
      let server = try await world.server(["f": Self.flow], as: "first")
      let bench = await ActiveBench(server)
      let row = try await bench.row()
      try await bench.rounds(1)
      try await Self.loseAnswer(to: row, server)
      let other = await ActiveBench(try await world.server(["f": Self.flow], as: "second"))
      try await other.rounds(1)
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(1))
      let requests = world.base.transport.requests
      return (requests.map(\.method), requests.map(\.target))
    }
    #expect(first.sorted() == ["DELETE", "POST", "POST"])
    #expect(second.contains("/lost"))
  }

  @Test func `an intent is undone, although that could not be written at first`() throws {
    let world = Self.world()
    try world.run {
      let disk = SwitchedDisk()
      let server = try await world.server(["f": Self.flow], hooks: disk.hooks)
      let bench = await ActiveBench(server)
      let row = try await bench.row()
      try await Self.loseAnswer(to: row, server)
      let flow = try #require(server.catalog.flow("f"))
      let intended = try await bench.row()
      disk.isBroken = true
      _ = await bench.active.poll(flow.triggers[0], of: flow, intended)
      disk.isBroken = false
      _ = await bench.active.poll(flow.triggers[0], of: flow, intended)
      try await world.base.clock.pause(for: .seconds(1))
    }
    let sent = world.base.transport.requests.map { "\($0.method) \($0.target)" }
    #expect(sent.sorted() == ["DELETE /lost", "POST /subscribe"])
  }

  @Test func `what a service may know of is not forgotten before it is written to be undone`()
    throws
  {
    let disk = SwitchedDisk()
    let world = IntakeWorld { request, number in
      if number == 1 { disk.isBroken = true }
      return .respond(HTTPResponse(status: number == 1 ? 504 : 200))
    }
    try world.run {
      var hooks = disk.hooks
      // What failed is recorded all the same.
      hooks.beforeFire = { () throws(StoreFailure) in }
      let bench = await ActiveBench(try await world.server(["f": Self.flow], hooks: hooks))
      let flow = try #require(bench.server.catalog.flow("f"))
      _ = await bench.active.poll(flow.triggers[0], of: flow, try await bench.row())
      disk.isBroken = false
      _ = await bench.active.poll(flow.triggers[0], of: flow, try await bench.row())
      try await world.base.clock.pause(for: .seconds(1))
    }
    let sent = world.base.transport.requests.map(\.method)
    #expect(sent.sorted() == ["DELETE", "POST", "POST"])
  }
}
