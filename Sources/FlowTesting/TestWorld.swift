import Connectors
import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Runtime
import Seams
import Simulation
import Timekeeping

/// A whole runtime for one case: its time is simulated, its network the mocks, its store memory.
struct TestWorld {
  /// What came of a run.
  struct Outcome {
    /// `nil` when there was no run at all.
    var state: RunState?
    /// Why the run did not end.
    var obstacle: String?
    var requests: [SentRequest]
    var unanswered: [RunLog.Unanswered]
    var unusedMocks: [Mock]
    var missingSettings: [String]
    var simulated: Duration
  }

  private let testCase: TestCase
  private let clock: SimulatedClock
  private let executor: SimulatedExecutor
  private let log = RunLog()
  private let book: MockBook
  private let connections: Connections
  private let worker: Worker

  init(_ testCase: TestCase, _ bench: TestBench) {
    self.testCase = testCase
    let clock = SimulatedClock(now: testCase.start)
    let executor = SimulatedExecutor(clock: clock, patience: .seconds(1))
    let (log, book) = (log, MockBook(testCase.mocks))
    let settings = testCase.settings
    var environment = Environment(
      store: MemoryStore(owner: OwnerID("test")),
      transport: MockTransport(book, log, clock: clock),
      clock: clock,
      entropy: SeededEntropy(seed: testCase.seed),
      vault: MemoryVault(),
      log: .silent,
      digests: bench.digests,
      executor: executor,
      setting: { name in
        if settings[name] == nil { log.noteMissing(setting: name) }
        return settings[name]
      }
    )
    environment.callbackURL = { _, address in
      "https://callback.example.com/\(([address.action] + address.indices).map(String.init).joined(separator: "/"))"
    }
    connections = Self.connections(testCase, bench, environment)
    let batches = Batches(environment: environment)
    let performer = BatchSender(
      base: HTTPPerformer(environment: environment, connections: connections),
      batches: batches,
      environment: environment
    )
    let callbacks = CallbackDesk(clock: clock, executor: executor)
    let connections = connections
    worker = Worker(
      environment: environment,
      performer: performer,
      flows: FlowSupply { name throws(Diagnostic) in try bench.prepare(name, testCase) },
      interposing: { base in
        MockPerformer(
          base: base,
          book: book,
          clock: clock,
          connections: connections,
          callbacks: callbacks,
          log: log
        )
      }
    )
    callbacks.worker = worker
    self.clock = clock
    self.executor = executor
    self.book = book
  }

  private static func connections(
    _ testCase: TestCase,
    _ bench: TestBench,
    _ environment: Environment
  ) -> Connections {
    let own = testCase.connections.members.map { member in
      ConnectionDeclaration(
        name: member.key,
        connector: member.value["connector"]?.stringValue ?? member.key,
        parameterSet: member.value["parameterSet"]?.stringValue,
        parameters: member.value["parameters"]?.objectValue ?? JSONObject(),
        limit: member.value["limits"].flatMap(ConnectionDeclaration.Limit.init) ?? .ofConnector
      )
    }
    return Connections(
      environment: environment,
      declarations: StandInConnections.declarations(
        own + bench.declarations,
        settings: testCase.settings,
        connector: bench.connector
      ),
      standInToken: "stand-in",
      connector: bench.connector
    )
  }

  func run(_ flow: PreparedFlow) -> Outcome {
    let trigger = trigger(of: flow)
    let (worker, latest) = (worker, LatestState())
    var obstacle: String?
    do {
      try executor.run {
        let driver = try await worker.start(flow, trigger: trigger) { latest.note($1) }
        latest.note(try await driver.end())
        await worker.endCalls()
      }
    } catch is SimulationStalled {
      obstacle = Self.obstacle(latest.state)
    } catch {
      obstacle = "the run could not be driven to its end: \(error)"
    }
    return Outcome(
      state: latest.state,
      obstacle: obstacle,
      requests: log.requests,
      unanswered: log.unanswered,
      unusedMocks: book.unused,
      missingSettings: log.missingSettings,
      simulated: clock.now() - testCase.start
    )
  }

  private func trigger(of flow: PreparedFlow) -> TriggerEvent {
    let wanted = testCase.trigger?.lowercased()
    let trigger = flow.plan.triggers.first { wanted == nil || $0.name.lowercased() == wanted }
    return TriggerEvent(
      name: trigger?.name ?? "manual",
      type: trigger?.type ?? "Request",
      outputs: testCase.triggerOutputs,
      isSecret: trigger?.secureOutputs ?? false
    )
  }

  private static func obstacle(_ state: RunState?) -> String {
    let waiting = (state?.outstanding ?? []).compactMap { effect -> String? in
      guard case .awaitCallback = effect.kind else { return nil }
      return state?.plan.spelled(effect.key.address)
    }
    guard !waiting.isEmpty else { return "the run waits for something that never comes" }
    let names = waiting.map { "'\($0)'" }.joined(separator: ", ")
    return "the run waits for \(names) to be called back"
  }
}
