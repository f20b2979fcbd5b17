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

@Suite struct PollingTests {
  private static func poll(_ more: JSONObject = [:]) -> JSON {
    var trigger = more
    trigger["type"] = "Http"
    trigger["inputs"] = [
      "method": "GET", "uri": "https://service.example/@{parameters('limit')}",
      "retryPolicy": ["type": "fixed", "count": 2, "interval": "PT10S"],
    ]
    trigger["recurrence"] = ["frequency": "Minute", "interval": 1]
    return IntakeWorld.flow(.object(trigger))
  }

  private static func answer(
    _ status: Int,
    _ body: JSON? = nil,
    _ headers: HTTPFields = HTTPFields()
  ) -> ScriptedAnswer {
    var response = HTTPResponse(status: status, headers: headers)
    if let body {
      response.body = body.bytes
      response.headers["Content-Type"] = "application/json"
    }
    return .respond(response)
  }

  /// Polls so often; the answers come in order.
  private func outcome(
    of answers: [ScriptedAnswer],
    _ flow: JSON = poll()
  ) throws -> (times: [Int], history: [String], bodies: [JSON], asked: [String]) {
    let world = IntakeWorld { _, number in answers[number - 1] }
    let (times, history, bodies) = try world.run {
      let bench = await ActiveBench(try await world.server(["f": flow]))
      let times = try await bench.rounds(answers.count)
      let history = try await bench.server.history().map { text in
        text.split(separator: " ").dropFirst().joined(separator: " ")
      }
      return (times, history, try await bench.server.bodies())
    }
    return (times, history, bodies, world.base.transport.requests.map(\.url))
  }

  @Test func `200 fires, 202 does not, and the recurrence says when to ask`() throws {
    let found = try outcome(of: [Self.answer(200, 1), Self.answer(202), Self.answer(200, 2)])
    #expect(found.times == [0, 60, 120])
    #expect(found.history == ["Succeeded", "Skipped NoData", "Succeeded"])
    #expect(found.bodies == [1, 2])
    #expect(Set(found.asked) == ["https://service.example/3"])
  }

  @Test func `the service says where and when to ask next`() throws {
    let found = try outcome(of: [
      Self.answer(200, 1, ["Location": "/next?triggerState=a", "Retry-After": "0"]),
      Self.answer(202, nil, ["Location": "/next?triggerState=b", "Retry-After": "5"]),
      Self.answer(202, nil, ["Location": "https://service.example/c", "Retry-After": "300"]),
      Self.answer(200, 2, ["Retry-After": "7"]), Self.answer(200, 3),
    ])
    #expect(found.times == [0, 0, 60, 360, 367])
    #expect(
      found.asked == [
        "https://service.example/3", "https://service.example/next?triggerState=a",
        "https://service.example/next?triggerState=b", "https://service.example/c",
        "https://service.example/3",
      ]
    )
  }

  @Test func `what a service brings in the instant of another event is an event of its own`() throws
  {
    let found = try outcome(of: [
      Self.answer(200, 1, ["Location": "/next?triggerState=a", "Retry-After": "0"]),
      Self.answer(200, 2, ["Location": "/next?triggerState=b", "Retry-After": "0"]),
      Self.answer(200, 3, ["Location": "/next?triggerState=c"]),
    ])
    #expect(found.times == [0, 0, 0])
    #expect(found.bodies == [1, 2, 3])
  }

  @Test func `an address without protection is not gone to`() throws {
    let found = try outcome(of: [
      Self.answer(200, 1, ["Location": "http://service.example/next"]), Self.answer(200, 2),
    ])
    #expect(found.asked.last == "https://service.example/3")
  }

  @Test func `failures are tried again as the policy says, then recorded`() throws {
    let found = try outcome(of: [
      Self.answer(503), Self.answer(500), Self.answer(500), Self.answer(404), Self.answer(200, 1),
    ])
    #expect(found.times == [0, 10, 20, 60, 120])
    #expect(found.history == ["Failed InternalServerError", "Failed NotFound", "Succeeded"])
  }

  @Test func `conditions may look at the status`() throws {
    let flow = Self.poll([
      "conditions": [["expression": "@equals(triggerOutputs()['statusCode'], 404)"]]
    ])
    let found = try outcome(of: [Self.answer(200, 1), Self.answer(404, 2)], flow)
    #expect(found.history == ["Skipped ConditionNotMet", "Succeeded"])
    #expect(found.bodies == [2])
  }

  @Test func `items of an answer are split`() throws {
    let flow = Self.poll(["splitOn": "@triggerBody()?['value']"])
    let found = try outcome(
      of: [Self.answer(200, ["value": [1, 2]]), Self.answer(200, [:])],
      flow
    )
    #expect(Set(found.bodies) == [1, 2])
    #expect(found.history.contains("Skipped NoItems"))
  }

  @Test(arguments: [1, 2, 3, 4], [true, false])
  func `a poll whose process dies around any write fires once`(write: Int, after: Bool) throws {
    let world = IntakeWorld { request, _ in
      request.target == "/3"
        ? Self.answer(200, 1, ["Location": "/later", "Retry-After": "0"])
        : Self.answer(202, nil, ["Location": "/later"])
    }
    let bodies = try world.run {
      let dying = DyingProcess(at: write, after: after)
      let first = await ActiveBench(
        try await world.server(["f": Self.poll()], as: "first", hooks: dying.hooks)
      )
      let flow = try #require(first.server.catalog.flow("f"))
      for _ in 0..<3 {
        _ = await first.active.poll(flow.triggers[0], of: flow, try await first.row())
      }
      await first.server.store.close()
      let second = await ActiveBench(try await world.server(["f": Self.poll()], as: "second"))
      try await second.rounds(2)
      return try await second.server.bodies()
    }
    #expect(bodies == [1])
  }
}
