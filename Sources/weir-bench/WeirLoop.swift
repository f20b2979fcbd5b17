import Crypto
import CurlTransport
import Definitions
import Engine
import OrderedJSON
import Runtime
import SQLiteStore
import Seams

/// The sample flow on the real engine, store and transport.
struct WeirLoop {
  let worker: Worker
  let store: SQLiteStore
  let environment: Environment
  let connections: Connections
  let flow: PreparedFlow
  private let transport: CurlTransport

  init(folder: String, connectionString: String, flow: Flow? = nil) throws {
    let entropy = SystemEntropy()
    store = try SQLiteStore(folder: folder, owner: OwnerID(entropy.uuid()))
    transport = CurlTransport(userAgent: "weir-bench")
    let key = VaultKey(bytes: entropy.bytes(32))
    environment = Environment(
      store: store,
      transport: transport,
      clock: BenchClock(),
      entropy: entropy,
      vault: AESVault(key: key, entropy: entropy),
      log: .silent,
      digests: .openSSL,
      setting: { _ in connectionString }
    )
    let connector = try SampleFiles.connector()
    let declaration = ConnectionDeclaration(
      name: "acs",
      connector: connector.name,
      parameters: ["api_key": "@appsetting('AZURE_COMMUNICATION_CONNECTION_STRING')"],
      limit: .off
    )
    connections = Connections(
      environment: environment,
      declarations: [declaration],
      connector: { _ in connector }
    )
    let performer = HTTPPerformer(environment: environment, connections: connections)
    worker = Worker(environment: environment, performer: performer)
    self.flow = try PreparedFlow(
      flow ?? SampleFiles.flow(),
      parameters: [:],
      digests: .openSSL
    )
  }

  func close() async {
    await store.close()
    await transport.close()
  }

  /// Makes `count` runs, so many at a time, and returns their durations in seconds.
  ///
  /// - Throws: `BenchFailure` when a run does not end as it should.
  func run(_ count: Int, concurrency: Int, expecting status: RunStatus = .succeeded)
    async throws -> [Double]
  {
    try await withThrowingTaskGroup(of: Double.self) { group in
      var durations: [Double] = []
      durations.reserveCapacity(count)
      var begun = min(count, concurrency)
      for _ in 0..<begun { group.addTask { try await one(status) } }
      while let duration = try await group.next() {
        durations.append(duration)
        guard begun < count else { continue }
        begun += 1
        group.addTask { try await one(status) }
      }
      return durations
    }
  }

  private func one(_ status: RunStatus) async throws -> Double {
    let start = ContinuousClock.now
    let trigger = TriggerEvent(name: "manual", type: "Request", outputs: [:])
    let state = try await worker.start(flow, trigger: trigger).end()
    guard state.status == status else { throw BenchFailure(state.error?.text ?? "") }
    return (ContinuousClock.now - start) / .seconds(1)
  }
}
