import Engine
import Fixtures
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Testing
import Timekeeping

@Suite struct CallbackReceiverTests {
  private func desk<Value: Sendable>(
    _ flow: JSON,
    latency: Duration = .zero,
    _ body: @escaping @Sendable (CallbackDesk, SimulatedClock) async throws -> Value
  ) throws -> Value {
    let world = IntakeWorld(latency: latency)
    return try world.run {
      try await body(CallbackDesk(try await world.server(["f": flow])), world.base.clock)
    }
  }

  /// A flow with a Response after a call of the service, unless it ends before.
  private static func answering(_ response: JSON?, trigger: JSON = [:], options: String = "")
    -> JSON
  {
    var flow = IntakeWorld.flow(trigger, slow: true)
    guard let response, case .object(var document) = flow,
      var definition = document["definition"]?.objectValue,
      var actions = definition["actions"]?.objectValue
    else {
      // A Response that is never reached.
      flow = answering(["statusCode": 200], trigger: trigger)
      return JSON.object(flow.objectValue ?? JSONObject())
    }
    actions["r"] = [
      "type": "Response", "kind": "Http", "inputs": response, "runAfter": ["a": ["Succeeded"]],
      "operationOptions": .string(options),
    ]
    definition["actions"] = .object(actions)
    document["definition"] = .object(definition)
    return .object(document)
  }

  // MARK: Acceptance

  @Test func `a call is answered with the run that it started`() throws {
    let (response, bodies) = try desk(IntakeWorld.flow([:])) { desk, _ in
      let headers: HTTPFields = ["x-ms-client-tracking-id": "mine"]
      let response = try await desk.send(desk.address(), ["a": 1], headers: headers)
      return (response, try await desk.server.bodies())
    }
    #expect(response.status == 202)
    #expect(response.headers["x-ms-workflow-run-id"]?.hasSuffix("CU00") == true)
    #expect(response.headers["x-ms-workflow-name"] == "f")
    #expect(response.headers["x-ms-client-tracking-id"] == "mine")
    #expect(bodies == [["a": 1]])
  }

  @Test func `headers about the run are left out on demand`() throws {
    let flow = IntakeWorld.flow(["operationOptions": "SuppressWorkflowHeaders"])
    let response = try desk(flow) { desk, _ in try await desk.send(desk.address()) }
    #expect(response.status == 202)
    #expect(response.headers.isEmpty)
  }

  @Test func `the older spelling of an address works as well`() throws {
    let response = try desk(IntakeWorld.flow([:])) { desk, _ in
      let address = try await desk.address()
        .replacing(
          "/api/workflows/f/triggers/t/invoke",
          with: "/workflows/f/triggers/t/paths/invoke"
        )
      return try await desk.send(address)
    }
    #expect(response.status == 202)
  }

  @Test func `an address that was tampered with is refused`() throws {
    let responses = try desk(IntakeWorld.flow([:])) { desk, _ in
      let address = try await desk.address()
      let query = address.drop { $0 != "?" }
      let base = String(address.prefix { $0 != "?" })
      var responses: [HTTPResponse] = []
      for wrong in [
        base, base + "?sp=%2Ftriggers%2Ft%2Frun&sv=1.0", address + "x",
        address.replacing("sv=1.0", with: "sv=2.0"),
        address.replacing("%2Frun&", with: "%2Fother&"),
        base.replacing("/t/", with: "/u/") + query, base.replacing("/f/", with: "/g/") + query,
        base.replacing("invoke", with: "run") + query, base + "/more" + query,
      ] {
        responses.append(try await desk.send(wrong))
      }
      #expect(try await desk.server.history().isEmpty)
      return responses
    }
    #expect(responses.map(\.status) == [401, 401, 401, 401, 401, 404, 404, 404, 404])
    #expect(responses.allSatisfy { $0.errorCode != nil })
  }

  @Test func `bad requests are refused with what is wrong`() throws {
    let flow = IntakeWorld.flow([
      "inputs": ["method": "POST", "schema": ["type": "object"]],
      "operationOptions": "EnableSchemaValidation",
    ])
    let responses = try desk(flow) { desk, _ in
      let address = try await desk.address()
      var broken = try #require(HTTPRequest(method: "POST", url: address, body: Array("{".utf8)))
      broken.headers["Content-Type"] = "application/json"
      return [
        try await desk.send(address, method: "GET"), await desk.receiver.receive(broken),
        try await desk.send(address, [1]),
      ]
    }
    #expect(responses.map(\.status) == [405, 400, 400])
    #expect(
      responses.map(\.errorCode)
        == ["MethodNotAllowed", "InvalidRequestContent", "TriggerInputSchemaMismatch"]
    )
    #expect(responses[0].headers["Allow"] == "POST")
  }

  @Test func `a flow that is disabled starts nothing`() throws {
    let response = try desk(IntakeWorld.flow([:])) { desk, _ in
      let address = try await desk.address()
      var flow = try #require(desk.server.catalog.flow("f"))
      flow.isEnabled = false
      desk.server.catalog.put(flow)
      return try await desk.send(address)
    }
    #expect(response.status == 404)
    #expect(response.errorCode == "WorkflowTriggerIsNotEnabled")
  }

  @Test func `a full line is said, and copies of a message count once`() throws {
    let flow = IntakeWorld.flow(
      ["runtimeConfiguration": ["concurrency": ["runs": 1, "maximumWaitingRuns": 1]]],
      slow: true
    )
    let (statuses, history) = try desk(flow, latency: .seconds(10)) { desk, _ in
      let address = try await desk.address()
      var statuses: [Int] = []
      for name in ["a", "a", "b", "b", "c"] {
        statuses.append(try await desk.send(address, headers: ["Idempotency-Key": name]).status)
      }
      return (statuses, try await desk.server.history())
    }
    #expect(statuses == [202, 202, 202, 202, 429])
    #expect(history.count == 2)
  }

  @Test func `a new key ends the addresses of the old one, and the other key stays`() throws {
    let statuses = try desk(IntakeWorld.flow([:])) { desk, _ in
      // Keys are kept by whoever makes addresses; the receiver reads them when it needs them first.
      let old = try await desk.address()
      try await desk.server.addresses.regenerateKey(of: "f", isSecondary: true)
      let between = try await desk.send(old).status
      let other = CallbackDesk(desk.server)
      try await desk.server.addresses.regenerateKey(of: "f", isSecondary: false)
      return [
        between, try await other.send(old).status, try await other.send(other.address()).status,
      ]
    }
    #expect(statuses == [202, 401, 202])
  }

  // MARK: Responses

  @Test func `a Response answers the caller`() throws {
    let flow = Self.answering([
      "statusCode": 201, "headers": ["X-Mine": "1", "Content-Length": "7"],
      "body": ["got": "@triggerBody()"],
    ])
    let response = try desk(flow, latency: .seconds(3)) { desk, _ in
      try await desk.send(desk.address(), 7)
    }
    #expect(response.status == 201)
    #expect(response.headers["X-Mine"] == "1")
    #expect(response.headers["Content-Length"] == nil)
    #expect(response.headers["Content-Type"] == "application/json; charset=utf-8")
    #expect(response.headers["x-ms-workflow-run-id"] != nil)
    #expect(response.json == ["got": 7])
  }

  @Test func `a caller whom nobody answers is told so in time`() throws {
    let flow = Self.answering(["statusCode": 200])
    let (response, late) = try desk(flow, latency: .seconds(300)) { desk, clock in
      let start = clock.now()
      let response = try await desk.send(desk.address())
      return (response, clock.now() - start)
    }
    // The transport itself gives up first, and the run ends without an answer.
    #expect(response.status == 502 || response.status == 504)
    #expect(late <= .seconds(236))
  }

  @Test func `a run that ends before its Response is a bad gateway`() throws {
    let flow = Self.answering(["statusCode": 99])
    let response = try desk(flow) { desk, _ in try await desk.send(desk.address()) }
    #expect(response.status == 502)
    #expect(response.errorCode == "NoResponse")
  }

  @Test func `an asynchronous Response is asked for at its own address`() throws {
    let flow = Self.answering(["statusCode": 200, "body": "done"], options: "Asynchronous")
    let (first, between, last, forged) = try desk(flow, latency: .seconds(30)) { desk, clock in
      let first = try await desk.send(desk.address())
      let location = first.headers["Location"] ?? ""
      let between = try await desk.send(location, method: "GET")
      try await clock.sleep(until: clock.now() + .seconds(60))
      let last = try await desk.send(location, method: "GET")
      return (first, between, last, try await desk.send(location + "x", method: "GET"))
    }
    #expect(first.status == 202)
    #expect(between.status == 202)
    #expect(between.headers["Location"] == first.headers["Location"])
    #expect(last.status == 200)
    #expect(last.body == Array("done".utf8))
    #expect(forged.status == 401)
  }

  // MARK: Webhook actions

  private static let webhook: JSON = [
    "definition": [
      "triggers": ["t": ["type": "Request", "kind": "Http"]],
      "actions": [
        "w": [
          "type": "HttpWebhook",
          "inputs": [
            "subscribe": [
              "method": "POST", "uri": "https://service.example/subscribe",
              "body": "@listCallbackUrl()",
            ]
          ],
        ],
        "c": [
          "type": "Compose", "inputs": "@body('w')", "runAfter": ["w": ["Succeeded"]],
        ],
      ],
    ]
  ]

  @Test(arguments: [Duration.zero, .seconds(20)])
  func `a webhook action is called back, once and before its subscription is answered`(
    latency: Duration
  ) throws {
    let world = IntakeWorld(latency: latency)
    let (statuses, states) = try world.run {
      let desk = CallbackDesk(try await world.server(["f": Self.webhook]))
      _ = try await desk.send(desk.address())
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(1))
      let sent = world.base.transport.requests.first?.body ?? []
      let address = String(decoding: sent, as: UTF8.self)
      var statuses: [Int] = []
      statuses.append(try await desk.send(address + "x", ["n": 0]).status)
      statuses.append(try await desk.send(address.replacing("/0?", with: "/1?"), ["n": 0]).status)
      statuses.append(try await desk.send(address, ["n": 1]).status)
      statuses.append(try await desk.send(address, ["n": 2]).status)
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(60))
      var states: [RunState] = []
      for record in try await desk.server.store.runs(matching: RunQuery()) {
        states.append(try await desk.server.process.worker.state(of: record))
      }
      return (statuses, states)
    }
    #expect(statuses == [401, 401, 200, 410])
    #expect(states.map(\.status) == [.succeeded])
    #expect(states.first.map { RunView.document($0)["actions"]?[1]?["outputs"] } == ["n": 1])
  }

  @Test func `odd requests never crash and never start a run`() throws {
    var random = SeededGenerator(state: 42)
    let pieces = [
      "/api", "/workflows", "/f", "/triggers", "/t", "/invoke", "/paths", "/callbacks", "/answer",
      "/%", "/%zz", "/..", "//", "?", "&", "sp=", "sig=", "sv=1.0", "%2F", "é", "/0",
      "/9999999999999",
      "/-1", ".", "=",
    ]
    let urls = (0..<500).map { _ in
      "/"
        + (0..<Int.random(in: 0...11, using: &random)).map { _ in
          pieces[Int.random(in: pieces.indices, using: &random)]
        }.joined()
    }
    let (statuses, history) = try desk(IntakeWorld.flow([:])) { desk, _ in
      var statuses: Set<Int> = []
      for url in urls {
        let request = HTTPRequest(method: "POST", scheme: "http", authority: "w", target: url)
        statuses.insert(await desk.receiver.receive(request).status)
      }
      return (statuses, try await desk.server.history())
    }
    #expect(statuses.isSubset(of: [400, 401, 404]))
    #expect(history.isEmpty)
  }
}
