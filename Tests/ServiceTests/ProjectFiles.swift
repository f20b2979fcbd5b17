import Crypto
import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Runtime
import Seams
import Service
import Simulation
import Synchronization

/// The flow files of a project that is kept in memory.
final class ProjectFiles: FlowFiles {
  let isWritable = true
  private let catalog: FlowCatalog
  private let shelf: PlanShelf
  private let store: MemoryStore
  private let clock: SimulatedClock

  init(catalog: FlowCatalog, shelf: PlanShelf, store: MemoryStore, clock: SimulatedClock) {
    self.catalog = catalog
    self.shelf = shelf
    self.store = store
    self.clock = clock
  }

  func problems(in document: [UInt8], named name: String) async -> [Diagnostic] {
    let (flow, diagnostics) = FlowReader.read(name: name, file: "\(name).json", bytes: document)
    return diagnostics + (flow.map(FlowValidator.problems) ?? [])
  }

  func save(_ document: [UInt8], named name: String) async throws(Diagnostic) {
    let (flow, problems) = FlowReader.read(name: name, file: "\(name).json", bytes: document)
    var values = JSONObject()
    for parameter in flow?.parameters ?? [] { values[parameter.name] = parameter.defaultValue }
    guard let flow,
      let prepared = try? PreparedFlow(flow, parameters: values, digests: .openSSL)
    else { throw problems.first ?? Diagnostic(.notAFlow, "no flow") }
    shelf.put(prepared)
    let served = ServedFlow(
      name: name,
      planHash: prepared.stored.hash,
      triggers: flow.triggers,
      changed: clock.now(),
      isEnabled: true,
      path: "flows/\(name).json"
    )
    let stored = StoredFlow(
      name: name,
      planHash: served.planHash,
      isEnabled: true,
      changed: served.changed
    )
    try? await store.saveFlows([stored], plans: [prepared.stored])
    catalog.put(served)
  }

  func delete(_ name: String) async throws(Diagnostic) { catalog.remove(name) }
}

/// Prepared flows by version.
final class PlanShelf: Sendable {
  private let plans = Mutex<[String: PreparedFlow]>([:])

  func put(_ flow: PreparedFlow) { plans.withLock { $0[flow.stored.hash] = flow } }

  func prepared(_ flow: ServedFlow) throws(Diagnostic) -> PreparedFlow {
    guard let found = plans.withLock({ $0[flow.planHash] }) else {
      throw Diagnostic(.unknownFlow, "the flow '\(flow.name)' has no such version")
    }
    return found
  }
}
