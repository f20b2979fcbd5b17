import Connectors
import Definitions
import Engine
import Fixtures
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Timekeeping

/// A whole runtime on simulated time, network and disk; several processes may share it.
final class SimulatedWorld: Sendable {
  let clock = SimulatedClock()
  let database = MemoryDatabase()
  let transport: ScriptedTransport
  let executor: SimulatedExecutor
  private let entropy = SeededEntropy(seed: 7)

  /// When each request reached the service.
  private let arrivals: Arrivals

  final class Arrivals: Sendable {
    let times = Mutex<[Timestamp]>([])
    let elapsed = Mutex<[Timestamp]>([])
  }

  init(answer: @escaping @Sendable (HTTPRequest, Int) async -> ScriptedAnswer) {
    let arrivals = Arrivals()
    self.arrivals = arrivals
    let clock = clock
    executor = SimulatedExecutor(clock: clock)
    transport = ScriptedTransport(clock: clock) { request in
      arrivals.elapsed.withLock { $0.append(clock.elapsed) }
      let number = arrivals.times.withLock { times in
        times.append(clock.now())
        return times.count
      }
      return await answer(request, number)
    }
  }

  var arrivalTimes: [Timestamp] { arrivals.times.withLock { $0 } }

  /// The same in time that passes, whatever the clock says.
  var elapsedArrivals: [Timestamp] { arrivals.elapsed.withLock { $0 } }

  /// One process; its store dies with `close`.
  func process(
    _ name: String,
    hooks: StoreHooks = StoreHooks(),
    idempotencyHeader: String? = nil,
    leavesLongWaits: Bool = false
  ) -> Process {
    let store = MemoryStore(database, owner: OwnerID(name), hooks: hooks)
    let environment = Environment(
      store: store,
      transport: transport,
      clock: clock,
      entropy: entropy,
      vault: MemoryVault(),
      log: .silent,
      digests: Digests(sha256: { _ in [1, 2, 3] }, hmacSHA256: { _, _ in [4, 5, 6] }),
      executor: executor,
      setting: { name in name == "CONNECTION" ? Self.connectionString : nil }
    )
    return Process(
      environment: environment,
      idempotencyHeader: idempotencyHeader,
      leavesLongWaits: leavesLongWaits
    )
  }

  static let connectionString = "endpoint=https://sim.communication.azure.com/;accesskey=c2VjcmV0"

  static let otherConnectionString =
    "endpoint=https://other.communication.azure.com/;accesskey=c2VjcmV0"

  struct Process: Sendable {
    let environment: Environment
    let worker: Worker
    let batches: Batches
    let connections: Connections

    init(
      environment: Environment,
      idempotencyHeader: String? = nil,
      leavesLongWaits: Bool = false
    ) {
      self.environment = environment
      let connector = try? SimulatedWorld.connector(idempotencyHeader)
      connections = Connections(
        environment: environment,
        declarations: [
          Self.declaration("acs", "@appsetting('CONNECTION')"),
          Self.declaration("standby", .string(SimulatedWorld.otherConnectionString)),
        ],
        connector: { _ in connector }
      )
      batches = Batches(environment: environment)
      let performer = BatchSender(
        base: HTTPPerformer(environment: environment, connections: connections),
        batches: batches,
        environment: environment
      )
      worker = Worker(
        environment: environment,
        performer: performer,
        leavesLongWaits: leavesLongWaits
      )
    }

    private static func declaration(_ name: String, _ key: JSON) -> ConnectionDeclaration {
      ConnectionDeclaration(
        name: name,
        connector: "azure-communication-identity",
        parameters: ["api_key": key]
      )
    }

    /// Starts a flow by hand.
    func start(_ flow: Flow, input: JSON? = nil, origin: RunOrigin = RunOrigin())
      async throws -> RunDriver
    {
      var outputs: JSONObject = [:]
      outputs["body"] = input
      let prepared = try PreparedFlow(
        flow,
        parameters: [:],
        digests: environment.digests
      )
      let trigger = TriggerEvent(name: "manual", type: "Request", outputs: .object(outputs))
      return try await worker.start(prepared, trigger: trigger, origin: origin)
    }
  }

  // MARK: Samples

  private static func connector(_ idempotencyHeader: String?) throws -> Connector? {
    let folder = "definitions/azure-communication-identity"
    func file(_ name: String) throws -> ConnectorFiles.File {
      ConnectorFiles.File(path: name, bytes: try Fixtures.sample("\(folder)/\(name)"))
    }
    let files = ConnectorFiles(
      name: "azure-communication-identity",
      definition: try file("apiDefinition.swagger.json"),
      properties: try file("apiProperties.json"),
      runtime: try file("runtime.json")
    )
    var connector = ConnectorDecoder.decode(files).connector
    if let idempotencyHeader { connector?.runtime.idempotencyHeader = idempotencyHeader }
    return connector
  }

  static func sampleFlow(_ name: String) throws -> Flow {
    try flow(name, Fixtures.sample("flows/\(name).json"))
  }

  static func flow(_ name: String, _ bytes: [UInt8]) throws -> Flow {
    let (flow, diagnostics) = FlowReader.read(name: name, file: name, bytes: bytes)
    guard let flow, diagnostics.isEmpty else { throw BrokenSample(diagnostics: "\(diagnostics)") }
    return flow
  }

  struct BrokenSample: Error {
    let diagnostics: String
  }
}

/// What the Identity service answers when all goes well.
enum IdentityService {
  static let user = "8:acs:sim_00000000-0000-0000-0000-000000000001"
  static let token = "eyJhbGciOiJub25lIn0.c2ltdWxhdGVk.dG9rZW4tc2VjcmV0"

  static func answer(_ request: HTTPRequest) -> HTTPResponse {
    if request.method == "DELETE" || request.path.hasSuffix(":revokeAccessTokens") {
      return HTTPResponse(status: 204)
    }
    if request.path.hasSuffix(":issueAccessToken") {
      return json(200, ["token": .string(token), "expiresOn": "2026-01-02T00:00:00+00:00"])
    }
    return json(201, ["identity": ["id": .string(user)]])
  }

  static func json(_ status: Int, _ body: JSON) -> HTTPResponse {
    HTTPResponse(
      status: status,
      headers: ["Content-Type": "application/json; charset=utf-8"],
      body: body.bytes
    )
  }
}
