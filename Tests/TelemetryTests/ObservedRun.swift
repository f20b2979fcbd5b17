import Crypto
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

/// A run from start to end with everything that observers heard of it.
struct ObservedRun: Sendable {
  let events: [(event: RunEvent, state: RunState)]

  var end: RunState { events.last?.state ?? events[0].state }

  /// Runs a flow whose first requests get these answers, and all others 200.
  ///
  /// `trigger` is what the trigger put out; the answers come in the order of the requests.
  init(_ actions: JSON, trigger: JSON = [:], statuses: [Int] = []) throws {
    let clock = SimulatedClock()
    let executor = SimulatedExecutor(clock: clock)
    let environment = Environment(
      store: MemoryStore(owner: OwnerID("test")),
      transport: ScriptedTransport(clock: clock, script: []),
      clock: clock,
      entropy: SeededEntropy(seed: 1),
      vault: MemoryVault(),
      log: .silent,
      digests: .openSSL,
      executor: executor,
      setting: { _ in nil }
    )
    let definition: JSON = [
      "triggers": ["manual": ["type": "Request", "kind": "Http"]],
      "actions": actions,
    ]
    let read = FlowReader.read(name: "observed", file: "observed.json", bytes: definition.bytes)
    let flow = try PreparedFlow(
      try #require(read.flow),
      parameters: [:],
      digests: environment.digests
    )
    let worker = Worker(
      environment: environment,
      performer: Answering(statuses: statuses, clock: clock)
    )
    let heard = Heard()
    worker.observe { event, state in heard.events.withLock { $0.append((event, state)) } }
    let event = TriggerEvent(name: "manual", type: "Request", outputs: trigger)
    try executor.run {
      _ = try await worker.start(flow, trigger: event).end()
    }
    events = heard.events.withLock { $0 }
  }

  private final class Heard: Sendable {
    let events = Mutex<[(event: RunEvent, state: RunState)]>([])
  }

  /// Answers with one status after the other; every second request waited 2 s at the gate.
  private final class Answering: ActionPerformer {
    private let rest: Mutex<[Int]>
    private let count = Atomic(0)
    private let clock: SimulatedClock

    init(statuses: [Int], clock: SimulatedClock) {
      rest = Mutex(statuses)
      self.clock = clock
    }

    func perform(_ request: ActionRequest) async -> AttemptResult {
      let status = rest.withLock { $0.isEmpty ? 200 : $0.removeFirst() }
      let number = count.add(1, ordering: .relaxed).newValue
      let start = clock.now()
      let response = AttemptResult.Response(
        statusCode: status,
        outputs: ["statusCode": .integer(Int64(status)), "body": "s3cr3t"]
      )
      var result = AttemptResult(
        number: request.attempt,
        startTime: start,
        endTime: start + .milliseconds(20),
        outcome: .response(response)
      )
      result.waitedForThrottle = number.isMultiple(of: 2) ? .seconds(2) : .zero
      return result
    }
  }
}
