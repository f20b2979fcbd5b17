import Crypto
import Diagnostics
import Foundation
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Timekeeping

@testable import weir

/// A project whose flows are served from its files, on simulated time and a store in memory.
final class WatchedProject: Sendable {
  let place: Workplace
  let clock = SimulatedClock()
  let log = RecordedLog()
  private let database = MemoryDatabase()

  init() throws {
    place = try Workplace()
    for path in ["onboard-user.json", "onboard-or-roll-back.json"] { try remove("flows/\(path)") }
  }

  /// One process that serves the project.
  struct Server: Sendable {
    let watch: FlowWatch
    let catalog: FlowCatalog
    let environment: Environment
    let connections: Connections

    func served(_ name: String) -> ServedFlow? { catalog.flow(name) }

    /// What the flow composes, which its tests change.
    func version(_ name: String) async throws -> JSON? {
      guard let served = served(name) else { return nil }
      let plan = try await environment.store.plan(served.planHash)
      let document = try plan.map { try JSON(parsing: $0.document) }
      return document?["definition"]?["actions"]?["a"]?["inputs"]
    }
  }

  func server(_ name: String = "a") throws -> Server {
    let context = try Context.silent(in: place)
    let workspace = try Workspace(context)
    let store = MemoryStore(database, owner: OwnerID(name))
    let environment = Environment(
      store: store,
      transport: ScriptedTransport(clock: clock) { _ in .respond(HTTPResponse(status: 200)) },
      clock: clock,
      entropy: SeededEntropy(seed: 1),
      vault: MemoryVault(),
      log: log.log,
      digests: .openSSL,
      setting: { _ in nil }
    )
    let versions = FlowVersions(workspace: workspace, store: store)
    let catalog = FlowCatalog { flow throws(Diagnostic) in try await versions.prepared(flow) }
    let connectors = workspace.connectors
    let connections = Connections(
      environment: environment,
      declarations: [],
      connector: { connectors.connector($0) }
    )
    let watch = FlowWatch(
      workspace: workspace,
      environment: environment,
      catalog: catalog,
      versions: versions,
      connections: connections
    )
    return Server(
      watch: watch,
      catalog: catalog,
      environment: environment,
      connections: connections
    )
  }

  // MARK: Files

  static func flow(_ value: JSON, trigger: JSON = ["type": "Request"]) -> JSON {
    [
      "definition": [
        "triggers": ["t": trigger],
        "actions": ["a": ["type": "Compose", "inputs": value]],
      ]
    ]
  }

  func write(_ value: JSON, to path: String) throws { try place.write(value, to: path) }

  func remove(_ path: String) throws {
    try FileManager.default.removeItem(at: place.project.appending(path: path))
  }
}
