import Definitions
import Diagnostics
import Engine
import Expressions
import Fixtures
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Testing
import Timekeeping

@Suite struct FlowCallerTests {
  /// Answers every request that leaves with 200.
  private struct Echo: ActionPerformer {
    func perform(_ request: ActionRequest) async -> AttemptResult {
      let response = AttemptResult.Response(statusCode: 200, outputs: ["statusCode": 200])
      let now = Timestamp(seconds: 0)
      return AttemptResult(
        number: request.attempt,
        startTime: now,
        endTime: now,
        outcome: .response(response)
      )
    }
  }

  private static let digests = Digests(
    sha256: { bytes in (0..<32).map { index in UInt8(truncatingIfNeeded: bytes.count &+ index) } },
    hmacSHA256: { _, message in message }
  )

  private static func prepared(_ name: String, _ actions: JSON) throws -> PreparedFlow {
    let definition: JSON = [
      "triggers": ["manual": ["type": "Request", "kind": "Http"]], "actions": actions,
    ]
    let read = FlowReader.read(name: name, file: name, bytes: definition.bytes)
    return try PreparedFlow(try #require(read.flow), parameters: [:], digests: digests)
  }

  private static func call(_ flow: String) -> JSON {
    ["type": "Workflow", "inputs": ["host": ["workflow": ["id": .string(flow)]], "body": 20]]
  }

  private let clock = SimulatedClock()

  /// Runs a flow that may call the others, and returns its final state.
  ///
  /// Time makes one jump once so many tasks sleep; it passes freely after the end of the run.
  private func run(
    _ actions: JSON,
    others: [String: JSON],
    jumpsAt sleepers: Int = 0
  ) async throws -> (RunState, [RunRecord]) {
    let store = MemoryStore(owner: OwnerID("test"))
    let environment = Environment(
      store: store,
      transport: ScriptedTransport(clock: clock, script: []),
      clock: clock,
      entropy: SeededEntropy(seed: 1),
      vault: MemoryVault(),
      log: .silent,
      digests: Self.digests,
      setting: { _ in nil }
    )
    let flow = try Self.prepared("parent", actions)
    let supply = FlowSupply { name throws(Diagnostic) in
      guard let actions = others[name], let flow = try? Self.prepared(name, actions) else {
        throw Diagnostic(.notAFlow, "there is no flow '\(name)'")
      }
      return flow
    }
    let worker = Worker(environment: environment, performer: Echo(), flows: supply)
    let trigger = TriggerEvent(name: "manual", type: "Request", outputs: [:])
    let driver = try await worker.start(flow, trigger: trigger)
    if sleepers > 0 {
      while clock.sleeperCount < sleepers { await Task.yield() }
      _ = clock.jump()
    }
    let state = try await driver.end()
    try await endCalls(worker)
    return (state, try await store.runs(matching: RunQuery()))
  }

  /// Lets time pass until every called run has ended.
  private func endCalls(_ worker: Worker) async throws {
    let passing = Task { [clock] in
      while !Task.isCancelled {
        _ = clock.jump()
        await Task.yield()
      }
    }
    await worker.endCalls()
    passing.cancel()
  }

  @Test func `a called flow answers while it goes on`() async throws {
    let child: JSON = [
      "R": ["type": "Response", "inputs": ["statusCode": 201, "body": "@add(triggerBody(), 1)"]],
      "W": [
        "type": "Wait", "inputs": ["interval": ["count": 1, "unit": "Hour"]],
        "runAfter": ["R": ["Succeeded"]],
      ],
    ]
    let start = clock.now()
    let (state, records) = try await run(["A": Self.call("child")], others: ["child": child])
    #expect(state.status == .succeeded)
    #expect(state.endTime == start)
    let outputs = state.instances[ActionAddress(action: 0)]?.outputs
    #expect(outputs == ["statusCode": 201, "body": 21])
    #expect(records.map(\.status) == [.succeeded, .succeeded])
    let parent = records.compactMap(\.parent).first
    #expect(parent?.mode == "call" && parent?.action == "A")
  }

  @Test func `a called flow without a response was accepted when it has ended`() async throws {
    let (state, _) = try await run(
      ["A": Self.call("child")],
      others: ["child": ["C": ["type": "Compose", "inputs": 1]]]
    )
    #expect(state.instances[ActionAddress(action: 0)]?.code == "Accepted")
  }

  @Test func `a called flow that fails without a response fails the action`() async throws {
    let (state, _) = try await run(
      ["A": Self.call("child")],
      others: ["child": ["C": ["type": "Compose", "inputs": "@int('x')"]]]
    )
    let instance = state.instances[ActionAddress(action: 0)]
    #expect(instance?.code == "BadGateway")
    #expect(instance?.error?["code"] == "NoResponse")
  }

  @Test func `a flow that calls itself comes to an end`() async throws {
    let (state, records) = try await run(
      ["A": Self.call("again")],
      others: ["again": ["B": Self.call("again")]]
    )
    #expect(state.status == .failed)
    #expect(records.count == 17)
  }

  @Test func `an unknown flow is named`() async throws {
    let (state, _) = try await run(["A": Self.call("none")], others: [:])
    let error = state.instances[ActionAddress(action: 0)]?.error
    #expect(error?["code"] == "NestedWorkflowNotCallable")
    #expect(error?["message"]?.stringValue?.contains("'none'") == true)
  }

  @Test func `a called run is given up with the run that called it`() async throws {
    let wait: JSON = ["type": "Wait", "inputs": ["interval": ["count": 1, "unit": "Day"]]]
    var call = Self.call("child").objectValue ?? JSONObject()
    call["limit"] = ["timeout": "PT1M"]
    let (state, records) = try await run(
      ["A": .object(call)],
      others: ["child": ["W": wait]],
      jumpsAt: 2
    )
    #expect(state.status == .timedOut)
    #expect(records.first { $0.flow == "child" }?.status == .cancelled)
  }
}
