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

@Suite struct UnsubscriptionTests {
  /// Accepts everything and remembers what it was asked for.
  private final class Recorder: ActionPerformer {
    let requests = Mutex<[ActionRequest]>([])

    func perform(_ request: ActionRequest) async -> AttemptResult {
      requests.withLock { $0.append(request) }
      let response = AttemptResult.Response(statusCode: 200, outputs: ["statusCode": 200])
      return AttemptResult(
        number: request.attempt,
        startTime: Timestamp(seconds: 0),
        endTime: Timestamp(seconds: 0),
        outcome: .response(response)
      )
    }
  }

  private static let definition: JSON = [
    "triggers": ["manual": ["type": "Request", "kind": "Http"]],
    "actions": [
      "Hook": [
        "type": "HttpWebhook",
        "inputs": [
          "subscribe": ["method": "POST", "uri": "https://example.test/subscribe"],
          "unsubscribe": ["method": "POST", "uri": "https://example.test/unsubscribe"],
        ],
      ]
    ],
  ]

  @Test func `a cancelled run undoes its subscription before it lets go`() async throws {
    let store = MemoryStore(owner: OwnerID("test"))
    let clock = SimulatedClock()
    let digests = Digests(sha256: { $0 }, hmacSHA256: { _, message in message })
    let environment = Environment(
      store: store,
      transport: ScriptedTransport(clock: clock, script: []),
      clock: clock,
      entropy: SeededEntropy(seed: 1),
      vault: MemoryVault(),
      log: .silent,
      digests: digests,
      setting: { _ in nil }
    )
    let read = FlowReader.read(name: "hook", file: "hook.json", bytes: Self.definition.bytes)
    let flow = try PreparedFlow(try #require(read.flow), parameters: [:], digests: digests)
    let recorder = Recorder()
    let worker = Worker(environment: environment, performer: recorder)
    let trigger = TriggerEvent(name: "manual", type: "Request", outputs: [:])
    let driver = try await worker.start(flow, trigger: trigger)
    while await driver.current.subscriptions.isEmpty { await Task.yield() }
    #expect(try await store.run(driver.run)?.status == .waiting)
    await driver.post(.cancel)
    let state = try await driver.end()
    #expect(state.status == .cancelled)
    let addresses = recorder.requests.withLock { $0.map { $0.inputs["uri"] } }
    #expect(addresses == ["https://example.test/subscribe", "https://example.test/unsubscribe"])
    #expect(try await store.run(driver.run)?.owner == nil)
  }
}
