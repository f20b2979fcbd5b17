import Definitions
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

@Suite struct RunDriverTests {
  @Test func `the sample flow runs to its end`() throws {
    let world = SimulatedWorld { request, _ in .respond(IdentityService.answer(request)) }
    let flow = try SimulatedWorld.sampleFlow("onboard-user")
    let state = try world.executor.run {
      try await world.process("a").start(flow).end()
    }
    #expect(state.status == .succeeded)
    let document = RunView.document(state)
    #expect(document["outputs"]?["userId"]?["value"] == .string(IdentityService.user))
    #expect(world.transport.requests.map(\.method) == ["POST", "POST", "POST", "DELETE"])
    #expect(
      world.transport.requests[1].body
        == Array(#"{"scopes":["chat","voip"],"expiresInMinutes":60}"#.utf8)
    )
    let encoded = PercentEncoding.encode(IdentityService.user)
    #expect(world.transport.requests[3].target == "/identities/\(encoded)?api-version=2023-10-01")
  }

  @Test func `tokens are masked in the record and sealed in the journal`() throws {
    let world = SimulatedWorld { request, _ in .respond(IdentityService.answer(request)) }
    let flow = try SimulatedWorld.sampleFlow("onboard-user")
    let (document, journal) = try world.executor.run {
      let process = world.process("a")
      let driver = try await process.start(flow)
      let state = try await driver.end()
      return (RunView.document(state), try await process.environment.store.journal(of: driver.run))
    }
    #expect(document["actions"]?[1]?["outputs"]?["body"]?["token"] == RunView.mask)
    #expect(document["actions"]?[1]?["outputs"]?["statusCode"] == 200)
    #expect(!document.text.contains(IdentityService.token))
    for entry in journal {
      let text = String(decoding: entry.data, as: UTF8.self)
      #expect(!text.contains(IdentityService.token), "\(entry.kind)")
      #expect(!text.contains("c2VjcmV0"), "\(entry.kind)")
    }
    #expect(journal.contains { $0.isSealed })
  }

  @Test(arguments: [1, 2, 3, 4, 5], [true, false])
  func `a run whose process dies around any append is finished without repeating a step`(
    append: Int,
    after: Bool
  ) throws {
    let world = SimulatedWorld { request, _ in .respond(IdentityService.answer(request)) }
    let flow = try SimulatedWorld.sampleFlow("onboard-user")
    let hooks = StoreHooks.dying(at: append, after: after)
    let state = try world.executor.run { () -> RunState? in
      let first = world.process("first", hooks: hooks)
      let driver = try? await first.start(flow)
      _ = try? await driver?.end()
      let second = world.process("second")
      await first.environment.store.close()
      guard let record = try await second.environment.store.runs(matching: RunQuery()).first else {
        return nil
      }
      return try await second.worker.takeOver(record.id).end()
    }
    guard append > 1 || after else {
      #expect(state == nil)
      return
    }
    #expect(state?.status == .succeeded)
    // Only the step whose result was lost with the process may be sent again.
    let repeated = world.transport.requests.count - 4
    #expect(after ? repeated == 0 : (0...1).contains(repeated))
  }

  @Test(arguments: [(2, 4), (3, 5)])
  func `a repetition after a crash tells when the first request left`(append: Int, requests: Int)
    throws
  {
    let world = SimulatedWorld { request, _ in
      .respond(IdentityService.answer(request), after: .seconds(40))
    }
    let flow = try SimulatedWorld.sampleFlow("onboard-user")
    let hooks = StoreHooks.dying(at: append, after: false)
    let key = "Repeatability-Request-ID"
    let state = try world.executor.run {
      let first = world.process("first", hooks: hooks, idempotencyHeader: key)
      let driver = try await first.start(flow)
      _ = try? await driver.end()
      let second = world.process("second", idempotencyHeader: key)
      await first.environment.store.close()
      return try await second.worker.takeOver(driver.run).end()
    }
    #expect(state.status == .succeeded)
    // Without a durable date nothing leaves; with one, the repetition tells the same.
    let sent = world.transport.requests
    #expect(sent.count == requests)
    let dates = sent.map { $0.headers["Repeatability-First-Sent"] }
    #expect(dates[0] == HTTPDate.text(world.arrivalTimes[0]))
    #expect((dates[0] == dates[1]) == (requests == 5))
    #expect(sent.allSatisfy { $0.headers[key] != nil })
    #expect(Set(dates).count == 4)
  }

  @Test func `a run is driven by one living process only`() throws {
    let world = SimulatedWorld { request, _ in
      .respond(IdentityService.answer(request), after: .seconds(30))
    }
    let flow = try SimulatedWorld.sampleFlow("onboard-user")
    try world.executor.run {
      let driver = try await world.process("first").start(flow)
      let second = world.process("second")
      await #expect(throws: RuntimeFailure.self) { try await second.worker.takeOver(driver.run) }
      #expect(try await driver.end().status == .succeeded)
    }
    #expect(world.transport.requests.count == 4)
  }

  @Test func `a retry signs anew and waits as the policy says`() throws {
    let world = SimulatedWorld { request, number in
      number == 1
        ? .respond(HTTPResponse(status: 500)) : .respond(IdentityService.answer(request))
    }
    let flow = try SimulatedWorld.sampleFlow("onboard-user")
    let state = try world.executor.run { try await world.process("a").start(flow).end() }
    #expect(state.status == .succeeded)
    let attempts = RunView.document(state)["actions"]?[0]?["attempts"]?.arrayValue ?? []
    #expect(attempts.map { $0["statusCode"] } == [500, 201])
    let times = world.arrivalTimes
    #expect((.seconds(5) ... .seconds(7)).contains(times[1] - times[0]))
    let dates = world.transport.requests.map { $0.headers["x-ms-date"] }
    #expect(dates[0] != dates[1])
  }

  @Test func `cancelling ends a run that waits and sends nothing more`() throws {
    let world = SimulatedWorld { request, _ in
      .respond(IdentityService.answer(request), after: .seconds(30))
    }
    let flow = try SimulatedWorld.sampleFlow("onboard-user")
    let state = try world.executor.run {
      let process = world.process("a")
      let driver = try await process.start(flow)
      try await process.environment.clock.sleep(until: world.clock.now() + .seconds(40))
      await driver.post(.cancel)
      return try await driver.end()
    }
    #expect(state.status == .cancelled)
    #expect(world.transport.requests.count == 2)
    let statuses = RunView.document(state)["actions"]?.arrayValue?.map { $0["status"] }
    #expect(statuses == ["Succeeded", "Cancelled", "Skipped", "Skipped"])
  }

  @Test func `a missing setting fails the action and says what to set`() throws {
    let world = SimulatedWorld { request, _ in .respond(IdentityService.answer(request)) }
    let text = """
      {"triggers": {"manual": {"type": "Request"}}, "actions": {"A": {"type": "OpenApiConnection",
      "inputs": {"host": {"connectionName": "other", "operationId": "X"}}}}}
      """
    let flow = try SimulatedWorld.flow("broken", Array(text.utf8))
    let state = try world.executor.run { try await world.process("a").start(flow).end() }
    #expect(state.status == .failed)
    let error = RunView.document(state)["actions"]?[0]?["error"]
    #expect(error?["message"]?.stringValue?.contains("there is no connection 'other'") == true)
  }

  @Test func `what an Http action shows to be let in stays out of its record`() throws {
    let world = SimulatedWorld { _, _ in .respond(HTTPResponse(status: 200)) }
    let text = """
      {"triggers": {"manual": {"type": "Request"}}, "actions": {"A": {"type": "Http", "inputs":
      {"method": "GET", "uri": "https://h/x", "headers": {"authorization": "Bearer header-secret"},
      "authentication": {"type": "Raw", "value": "raw-secret"}}}, "B": {"type": "Compose",
      "inputs": "@actions('A')['inputs']", "runAfter": {"A": ["Succeeded"]}}}}
      """
    let flow = try SimulatedWorld.flow("open", Array(text.utf8))
    let (document, journal) = try world.executor.run {
      let process = world.process("a")
      let driver = try await process.start(flow)
      let state = try await driver.end()
      return (RunView.document(state), try await process.environment.store.journal(of: driver.run))
    }
    #expect(document["status"] == "Succeeded")
    #expect(world.transport.requests[0].headers["Authorization"] == "raw-secret")
    #expect(document["actions"]?[0]?["inputs"]?["uri"] == "https://h/x")
    #expect(document["actions"]?[0]?["inputs"]?["authentication"] == RunView.mask)
    for text in [document.text] + journal.map({ String(decoding: $0.data, as: UTF8.self) }) {
      #expect(!text.contains("raw-secret") && !text.contains("header-secret"))
    }
  }
}
