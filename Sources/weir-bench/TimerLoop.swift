import Crypto
import CurlTransport
import Definitions
import Diagnostics
import Foundation
import OrderedJSON
import Runtime
import SQLiteStore
import Seams
import Synchronization
import Timekeeping

/// Timers on the real book, intake, engine and store; versions of flows come from the store, as on a
/// server.
struct TimerLoop: Sendable {
  let store: SQLiteStore
  let catalog: FlowCatalog
  let book: TriggerBook
  let environment: Environment
  /// How late each timer was when its run was durable, in seconds.
  let lateness = Lateness()
  private let transport: CurlTransport

  final class Lateness: Sendable {
    private let kept = Mutex<[Double]>([])

    var all: [Double] { kept.withLock { $0 } }

    func add(_ value: Double) { kept.withLock { $0.append(value) } }
  }

  init(folder: String) throws {
    let entropy = SystemEntropy()
    store = try SQLiteStore(folder: folder, owner: OwnerID(entropy.uuid()))
    transport = CurlTransport(userAgent: "weir-bench")
    environment = Environment(
      store: store,
      transport: transport,
      clock: BenchClock(),
      entropy: entropy,
      vault: AESVault(key: VaultKey(bytes: entropy.bytes(32)), entropy: entropy),
      log: .silent,
      digests: .openSSL,
      setting: { _ in nil }
    )
    let (environment, store) = (environment, store)
    catalog = FlowCatalog { served throws(Diagnostic) in
      try await Self.prepared(served, in: store)
    }
    let connections = Connections(environment: environment, declarations: []) { _ in nil }
    let performer = HTTPPerformer(environment: environment, connections: connections)
    let worker = Worker(environment: environment, performer: performer)
    let flows = CompiledFlows(catalog: catalog, environment: environment)
    let lateness = lateness
    book = TriggerBook(
      environment: environment,
      catalog: catalog,
      intake: RunIntake(worker: worker, catalog: catalog, flows: flows),
      lateness: { lateness.add($0.seconds) }
    )
  }

  private static func prepared(_ served: ServedFlow, in store: SQLiteStore)
    async throws(Diagnostic) -> PreparedFlow
  {
    let plan = try? await store.plan(served.planHash)
    let bytes = plan?.document ?? []
    let read = FlowReader.read(name: served.name, file: served.name, bytes: bytes)
    guard let flow = read.flow,
      let prepared = try? PreparedFlow(flow, parameters: [:], digests: .openSSL)
    else { throw Diagnostic(.unknownFlow, "the flow '\(served.name)' cannot be prepared") }
    return prepared
  }

  /// Serves flows with one timer each, which the store knows.
  func serve(_ timers: [(name: String, recurrence: JSON)]) async throws {
    for start in stride(from: 0, to: timers.count, by: 1000) {
      try await serve(part: timers[start..<min(start + 1000, timers.count)])
    }
  }

  /// As many at once as a server takes from its files.
  private func serve(part timers: ArraySlice<(name: String, recurrence: JSON)>) async throws {
    var rows: [StoredFlow] = []
    var plans: [StoredPlan] = []
    for timer in timers {
      let bytes = Self.definition(timer.recurrence).bytes
      let read = FlowReader.read(name: timer.name, file: timer.name, bytes: bytes)
      guard let flow = read.flow else { throw BenchFailure("the flow cannot be read") }
      let plan = try PreparedFlow(flow, parameters: [:], digests: .openSSL).stored
      let now = environment.clock.now()
      rows.append(
        StoredFlow(name: flow.name, planHash: plan.hash, isEnabled: true, changed: now)
      )
      plans.append(plan)
      catalog.put(
        ServedFlow(
          name: flow.name,
          planHash: plan.hash,
          triggers: flow.triggers,
          changed: now,
          isEnabled: true,
          path: "flows/\(flow.name).json"
        )
      )
    }
    try await store.saveFlows(rows, plans: plans)
  }

  private static func definition(_ recurrence: JSON) -> JSON {
    [
      "definition": [
        "triggers": ["timer": ["type": "Recurrence", "recurrence": recurrence]],
        "actions": ["Time": ["type": "Compose", "inputs": "@trigger()['scheduledTime']"]],
      ]
    ]
  }

  /// Lets the book run until so many timers fired, or some seconds passed.
  func run(until count: Int, atMost seconds: Double) async throws {
    let task = Task { [book] in await book.run() }
    let end = ContinuousClock.now + .seconds(seconds)
    while lateness.all.count < count, ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(20))
    }
    task.cancel()
    await task.value
  }

  func close() async {
    await store.close()
    await transport.close()
  }
}
