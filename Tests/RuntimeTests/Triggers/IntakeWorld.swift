import Definitions
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Testing
import Timekeeping

/// A server's intake on simulated time and disk; several processes may share the disk.
final class IntakeWorld: Sendable {
  let base: SimulatedWorld

  /// `latency` is how long the service behind the flows takes.
  init(latency: Duration = .zero) {
    base = SimulatedWorld { _, _ in .respond(HTTPResponse(status: 200), after: latency) }
  }

  /// The service answers as told.
  init(answer: @escaping @Sendable (HTTPRequest, Int) async -> ScriptedAnswer) {
    base = SimulatedWorld(answer: answer)
  }

  func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
    try base.executor.run(body)
  }

  /// One process that serves these flows.
  struct Server: Sendable {
    let process: SimulatedWorld.Process
    let catalog: FlowCatalog
    let flows: CompiledFlows
    let intake: RunIntake
    let addresses: CallbackAddresses
    let runs: RunAddresses

    var store: any Store { process.environment.store }

    func occurrence(
      _ flow: String = "f",
      _ trigger: String = "t",
      id: String,
      _ outputs: JSON = [:]
    ) throws -> TriggerOccurrence {
      let served = try #require(catalog.flow(flow))
      return TriggerOccurrence(
        flow: served,
        trigger: try #require(served.triggers.first { $0.name == trigger }),
        identity: id,
        intended: process.environment.clock.now(),
        outputs: outputs
      )
    }

    /// Takes an event in whose body is given.
    func take(_ id: String, body: JSON) async throws -> TriggerReceipt {
      try await intake.take(occurrence(id: id, ["headers": ["h": "1"], "body": body]))
    }

    /// The history, oldest first, as `identity status code`.
    func history() async throws -> [String] {
      try await store.fires(matching: FireQuery()).reversed().map { fire in
        [fire.identity, fire.status.rawValue, fire.code].compactMap(\.self).joined(separator: " ")
      }
    }

    /// What each run started with, oldest first.
    func bodies() async throws -> [JSON] {
      var bodies: [JSON] = []
      for record in try await store.runs(matching: RunQuery()).reversed() {
        let state = try await process.worker.state(of: record)
        bodies.append(state.started?.trigger["outputs"]?["body"] ?? .null)
      }
      return bodies
    }
  }

  /// Starts a process that serves flows by name.
  func server(
    _ definitions: [String: JSON],
    as name: String = "a",
    hooks: StoreHooks = StoreHooks()
  ) async throws -> Server {
    var environment = base.process(name, hooks: hooks).environment
    environment.digests = Self.digests
    let keys = CallbackKeys(environment: environment)
    let addresses = CallbackAddresses(environment: environment, keys: keys)
    let runs = try await addresses.runs(base: Self.address)
    environment.callbackURL = { runs.action($0, $1) }
    let process = SimulatedWorld.Process(environment: environment)
    var prepared: [String: PreparedFlow] = [:]
    for (name, definition) in definitions {
      let flow = try SimulatedWorld.flow(name, definition.bytes)
      prepared[name] = try PreparedFlow(
        flow,
        parameters: ["limit": 3],
        digests: Self.digests
      )
    }
    let known = prepared
    let catalog = FlowCatalog { served throws(Diagnostic) in
      guard let flow = known[served.name] else {
        throw Diagnostic(.notAFlow, "the flow '\(served.name)' is broken")
      }
      return flow
    }
    for (name, flow) in prepared {
      catalog.put(
        ServedFlow(
          name: name,
          planHash: flow.stored.hash,
          triggers: flow.plan.triggers,
          changed: base.clock.now(),
          isEnabled: true,
          path: nil
        )
      )
    }
    let flows = CompiledFlows(catalog: catalog, environment: process.environment)
    let intake = RunIntake(worker: process.worker, catalog: catalog, flows: flows)
    return Server(
      process: process,
      catalog: catalog,
      flows: flows,
      intake: intake,
      addresses: addresses,
      runs: runs
    )
  }

  static let address = "https://weir.example"

  /// Good enough to tell texts and keys apart.
  private static let digests = Digests(
    sha256: { hash($0) },
    hmacSHA256: { key, message in hash(key + [0] + message) }
  )

  private static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    return (0..<32).map { round in
      for byte in bytes + [UInt8(round)] { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
      return UInt8(truncatingIfNeeded: value >> 32)
    }
  }

  /// A flow with one trigger `t` that composes, or waits for the service first.
  static func flow(_ trigger: JSON, slow: Bool = false) -> JSON {
    var trigger = trigger.objectValue ?? JSONObject()
    if trigger["type"] == nil {
      trigger["type"] = "Request"
      trigger["kind"] = "Http"
    }
    let call: JSON = [
      "type": "Http", "inputs": ["method": "GET", "uri": "https://service.example/"],
    ]
    let compose: JSON = ["type": "Compose", "inputs": "@triggerBody()"]
    return [
      "definition": [
        "parameters": ["limit": ["type": "Int", "defaultValue": 3]],
        "triggers": ["t": .object(trigger)],
        "actions": ["a": slow ? call : compose],
      ]
    ]
  }
}

/// Fails every write from a certain one on, before or after it became durable.
final class DyingProcess: Sendable {
  private let seen = Mutex(0)
  private let last: Int
  private let dies: (before: Bool, after: Bool)

  init(at last: Int, after: Bool) {
    self.last = last
    dies = (!after, after)
  }

  var hooks: StoreHooks {
    let before = { @Sendable () throws(StoreFailure) in
      if self.dies.before { try self.count() }
      // Nothing is written once the process is dead.
      if self.dies.after, self.seen.withLock({ $0 }) >= self.last { throw Self.death }
    }
    let after = { @Sendable () throws(StoreFailure) in if self.dies.after { try self.count() } }
    return StoreHooks(
      beforeAppend: { _ throws(StoreFailure) in try before() },
      afterAppend: { _ throws(StoreFailure) in try after() },
      beforeFire: { () throws(StoreFailure) in try before() },
      afterFire: { () throws(StoreFailure) in try after() }
    )
  }

  private static let death = StoreFailure(.closed, "the process died")

  private func count() throws(StoreFailure) {
    let number = seen.withLock { seen in
      seen += 1
      return seen
    }
    if number >= last { throw Self.death }
  }
}
