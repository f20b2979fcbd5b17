import Connectors
import Crypto
import Definitions
import Diagnostics
import Engine
import Fixtures
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Service
import Simulation
import Synchronization
import Testing
import Timekeeping

/// A service on simulated time, network and disk.
///
/// Every answer is compared with the description that the service gives of itself.
final class ServiceWorld: Sendable {
  let clock: SimulatedClock
  let database = MemoryDatabase()
  let log = RecordedLog()
  let store: MemoryStore
  let environment: Environment
  let worker: Worker
  let catalog: FlowCatalog
  let desk: RunDesk
  let files: ProjectFiles
  let transport: ScriptedTransport
  let service: Service
  let description: APIDescription
  private let visited = Mutex<Set<String>>([])
  private let shown = Mutex("")

  static let flows = ["connected", "loops", "secret", "slow"]

  /// With an executor, runs go on in simulated time; without one, time stands still.
  init(
    settings: ServiceSettings = ServiceSettings(),
    reports: ServiceReports = ServiceReports(),
    clock: SimulatedClock = SimulatedClock(),
    executor: SimulatedExecutor? = nil
  ) async throws {
    self.clock = clock
    store = MemoryStore(database, owner: OwnerID("server"))
    transport = ScriptedTransport(clock: clock) { request in
      let body = request.path == "/secret" ? "sesame-answer" : "fine"
      return .respond(HTTPResponse(status: 200, body: Array(body.utf8)))
    }
    environment = Environment(
      store: store,
      transport: transport,
      clock: clock,
      entropy: SeededEntropy(seed: 11),
      vault: MemoryVault(),
      log: log.log,
      digests: .openSSL,
      executor: executor,
      setting: { $0 == "CONNECTION" ? Self.connectionString : nil }
    )
    let connector = try Self.connector()
    let connections = Connections(
      environment: environment,
      declarations: [
        ConnectionDeclaration(
          name: "acs",
          connector: connector.name,
          parameters: ["api_key": "@appsetting('CONNECTION')"]
        )
      ],
      connector: { $0 == connector.name ? connector : nil }
    )
    let performer = HTTPPerformer(environment: environment, connections: connections)
    worker = Worker(environment: environment, performer: performer)
    let shelf = PlanShelf()
    catalog = FlowCatalog { flow throws(Diagnostic) in try shelf.prepared(flow) }
    desk = RunDesk(worker: worker, catalog: catalog)
    files = ProjectFiles(catalog: catalog, shelf: shelf, store: store, clock: clock)
    let keys = CallbackKeys(environment: environment)
    let addresses = CallbackAddresses(environment: environment, keys: keys)
    let base = "http://localhost:7075"
    let receiver = CallbackReceiver(
      CallbackReceiver.Parts(
        worker: worker,
        catalog: catalog,
        flows: desk.flows,
        intake: desk,
        delivery: desk,
        keys: keys,
        runs: try await addresses.runs(base: base)
      )
    )
    let parts = ServiceParts(
      environment: environment,
      worker: worker,
      catalog: catalog,
      connections: connections,
      intake: desk,
      delivery: desk,
      triggers: desk,
      resubmission: desk,
      addresses: addresses,
      receiver: receiver,
      files: files,
      reports: reports
    )
    service = Service(parts, settings: settings)
    let client = ServiceClient(.socket(user: "root"), isListenerLoopback: true)
    let described = await service.handle(Self.request("GET", "/api/openapi.json"), from: client)
    description = try APIDescription(JSON(parsing: described.head.body))
    for name in Self.flows {
      try await files.save(try Fixtures.data("ServiceTests/Data/\(name).json"), named: name)
    }
  }

  static let connectionString =
    "endpoint=https://sim.communication.azure.com/;accesskey=c2VzYW1lLWtleQ=="

  private static func connector() throws -> Connector {
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
    return try #require(ConnectorDecoder.decode(files).connector)
  }

  // MARK: Asking

  static func request(
    _ method: String,
    _ target: String,
    _ headers: HTTPFields = HTTPFields(),
    body: [UInt8] = []
  ) -> HTTPRequest {
    var headers = headers
    if headers["Host"] == nil { headers["Host"] = "localhost:7075" }
    return HTTPRequest(
      method: method,
      scheme: "http",
      authority: headers["Host"] ?? "",
      target: target,
      headers: headers,
      body: body
    )
  }

  /// Sends a request as an admin over the socket in the file system, unless told otherwise.
  @discardableResult
  func send(
    _ method: String,
    _ target: String,
    _ content: JSON? = nil,
    headers: HTTPFields = HTTPFields(),
    from client: ServiceClient = ServiceClient(.socket(user: "root"), isListenerLoopback: true)
  ) async -> Answer {
    let request = Self.request(method, target, headers, body: content?.bytes ?? [])
    return await send(request, from: client)
  }

  func send(
    _ request: HTTPRequest,
    from client: ServiceClient = ServiceClient(.socket(user: "root"), isListenerLoopback: true)
  ) async -> Answer {
    let response = await service.handle(request, from: client)
    let answer = Answer(response)
    shown.withLock { $0 += answer.text + "\n" + "\(response.head.headers)" + "\n" }
    if let operation = description.check(answer, to: request), answer.status < 400 {
      visited.withLock { _ = $0.insert(operation) }
    }
    return answer
  }

  /// The operations that were answered with success.
  var visitedOperations: Set<String> { visited.withLock { $0 } }

  /// Everything that was ever answered.
  var everythingShown: String { shown.withLock { $0 } }

  // MARK: Runs

  /// Starts a run and waits for its end.
  @discardableResult
  func run(_ flow: String, body: JSON = ["name": "Ada"]) async throws -> String {
    let trigger = flow == "slow" ? "daily" : "manual"
    let target = "/api/workflows/\(flow)/triggers/\(trigger)/run"
    let answer = await send("POST", target, ["body": body])
    let id = try #require(answer.headers["x-ms-workflow-run-id"])
    if flow != "slow" { try await desk.end(id) }
    return id
  }

  /// Makes a token, and returns it.
  func token(_ name: String, _ role: String) async throws -> String {
    let answer = await send("POST", "/api/tokens", ["name": .string(name), "role": .string(role)])
    return try #require(answer.json["token"]?.stringValue)
  }
}
