import Connectors
import Crypto
import Definitions
import Engine
import Fixtures
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Testing
import Timekeeping

@testable import AzureSandbox

/// A runtime whose connectors reach a sandbox in the same process, on one simulated clock.
///
/// Requests are built, signed, sent and answered as they are outside, without a socket.
final class CommunicationWorld: Sendable {
  static let address = "127.0.0.1:7080"
  static let connectors = [
    "mail": "azure-communication-email", "sms": "azure-communication-sms",
    "numbers": "azure-communication-phone-numbers",
  ]
  /// Those that others test: users, and what they do together.
  static let neighbours = [
    "acs": "azure-communication-identity", "chat": "azure-communication-chat",
    "rooms": "azure-communication-rooms",
  ]

  let clock = SimulatedClock()
  private let processes = Atomic<UInt64>(0)
  let sandbox: AzureSandbox
  let executor: SimulatedExecutor
  let transport: ScriptedTransport
  private let database = MemoryDatabase()
  private let settings: [String: String]

  init(_ configure: (inout SandboxConfiguration) -> Void = { _ in }) {
    var configuration = SandboxConfiguration()
    configuration.seed = 42
    configuration.tokenSigning = .es256
    configuration.phoneNumberLimits = nil
    configure(&configuration)
    let clock = clock
    let sandbox = AzureSandbox(
      configuration: configuration,
      clock: clock,
      entropy: SeededEntropy(seed: 5)
    )
    self.sandbox = sandbox
    executor = SimulatedExecutor(clock: clock)
    transport = ScriptedTransport(clock: clock) { request in
      var request = request
      request.headers["Host"] = request.authority
      let response = await sandbox.handle(request)
      return response.status == 0
        ? .fail(TransportFailure(.connection, "the connection was dropped"))
        : .respond(response)
    }
    let pairs = sandbox.settings(endpoint: "http://\(Self.address)").map { ($0.name, $0.value) }
    settings = Dictionary(uniqueKeysWithValues: pairs)
  }

  func setting(_ name: String) -> String { settings[name] ?? "" }

  /// One process; processes share the store.
  struct Process: Sendable {
    let environment: Environment
    let worker: Worker

    func start(_ flow: Flow, input: JSON? = nil) async throws -> RunDriver {
      var outputs: JSONObject = [:]
      outputs["body"] = input
      let prepared = try PreparedFlow(flow, parameters: [:], digests: environment.digests)
      let trigger = TriggerEvent(name: "manual", type: "Request", outputs: .object(outputs))
      return try await worker.start(prepared, trigger: trigger)
    }
  }

  /// Starts a flow in a process that dies around an append, and ends its run in another one.
  func end(_ flow: Flow, afterDeathAt append: Int, after: Bool) async throws -> RunState {
    let first = try process("first", hooks: .dying(at: append, after: after))
    let driver = try await first.start(flow)
    _ = try? await driver.end()
    await first.environment.store.close()
    return try await process("second").worker.takeOver(driver.run).end()
  }

  /// - Parameters:
  ///   - name: Of the process, as the owner of its runs.
  ///   - hooks: What happens around its commits.
  ///   - parameterSet: How connections sign in, with their values; the connection string otherwise.
  /// - Returns: The process, which dies with its store.
  /// - Throws: What keeps a connector from being read.
  func process(
    _ name: String = "first",
    hooks: StoreHooks = StoreHooks(),
    parameterSet: (name: String, values: JSONObject)? = nil
  ) throws -> Process {
    let settings = settings
    let environment = Environment(
      store: MemoryStore(database, owner: OwnerID(name), hooks: hooks),
      transport: transport,
      clock: clock,
      // Processes of the same moment draw other ids.
      entropy: SeededEntropy(seed: processes.wrappingAdd(1, ordering: .relaxed).newValue),
      vault: MemoryVault(),
      log: .silent,
      digests: .openSSL,
      identity: IdentitySources(
        assertion: { claims, _ in .success(Self.statement(claims)) },
        file: { _ in Self.federatedToken }
      ),
      executor: executor,
      setting: { settings[$0] }
    )
    let string = "@appsetting('AZURE_COMMUNICATION_CONNECTION_STRING')"
    let all = Self.connectors.merging(Self.neighbours) { $1 }
    let declarations = all.map { name, connector in
      name == "chat"
        ? Self.chat
        : ConnectionDeclaration(
          name: name,
          connector: connector,
          parameterSet: parameterSet?.name,
          parameters: parameterSet?.values ?? ["api_key": .string(string)]
        )
    }
    let loaded = try Dictionary(
      uniqueKeysWithValues: all.values.map { ($0, try Self.connector($0)) }
    )
    let connections = Connections(
      environment: environment,
      declarations: declarations,
      connector: { loaded[$0] }
    )
    let performer = HTTPPerformer(environment: environment, connections: connections)
    return Process(
      environment: environment,
      worker: Worker(environment: environment, performer: performer)
    )
  }

  /// Its connection is an endpoint; who acts is said by the token of each action.
  private static var chat: ConnectionDeclaration {
    ConnectionDeclaration(
      name: "chat",
      connector: "azure-communication-chat",
      parameterSet: nil,
      parameters: ["endpoint": .string("http://\(address)")]
    )
  }

  static func connector(_ name: String) throws -> Connector {
    func file(_ path: String) throws -> ConnectorFiles.File {
      ConnectorFiles.File(
        path: path,
        bytes: try Fixtures.sample("definitions/\(name)/\(path)")
      )
    }
    let (connector, diagnostics) = ConnectorDecoder.decode(
      ConnectorFiles(
        name: name,
        definition: try file("apiDefinition.swagger.json"),
        properties: try file("apiProperties.json"),
        runtime: try file("runtime.json")
      )
    )
    return try #require(connector, "\(diagnostics)")
  }

  // MARK: Runs

  /// Runs a flow of these actions to its end and returns what `weir run show` would print.
  func run(
    _ actions: JSON,
    input: JSON? = nil,
    parameterSet: (name: String, values: JSONObject)? = nil
  ) throws -> JSON {
    let flow = try Self.flow(actions)
    return try executor.run { [self] in
      let process = try process(parameterSet: parameterSet)
      let state = try await process.start(flow, input: input).end()
      return RunView.document(state)
    }
  }

  static func flow(_ actions: JSON) throws -> Flow {
    let definition: JSON = ["triggers": ["manual": ["type": "Request"]], "actions": actions]
    return try SimulatedWorld.flow("communication", definition.bytes)
  }

  /// An action that calls a connector.
  static func call(
    _ connection: String,
    _ operation: String,
    _ parameters: JSON = [:],
    after previous: String? = nil
  ) -> JSON {
    var action: JSONObject = [
      "type": "OpenApiConnection",
      "inputs": [
        "host": ["connectionName": .string(connection), "operationId": .string(operation)],
        "parameters": parameters,
      ],
    ]
    if let previous { action["runAfter"] = .object([previous: ["Succeeded"]]) }
    return .object(action)
  }

  // MARK: Credentials

  /// What a certificate would sign; the sandbox looks at the claims alone.
  private static func statement(_ claims: [UInt8]) -> String {
    let header = Base64.encodeURL(Array(#"{"alg":"RS256","typ":"JWT"}"#.utf8))
    return "\(header).\(Base64.encodeURL(claims)).\(Base64.encodeURL([1]))"
  }

  /// What a platform keeps in a file for workload identities.
  private static let federatedToken: [UInt8] = {
    let claims: JSON = [
      "aud": "api://AzureADTokenExchange", "iss": "https://cluster.example", "sub": "flows",
      "exp": 4_102_444_800,
    ]
    return Array(statement(claims.bytes).utf8)
  }()

  // MARK: The sandbox from outside

  /// A verified domain of one's own, linked to the resource.
  func linkDomain(_ name: String) {
    let path = sandbox.resource.path.parent.child("emailServices", "mail").child("domains", name)
    var domain = EmailDomain(
      path,
      .customer,
      in: .unitedStates,
      senderDomain: name,
      frame: ResourceFrame(by: "tests", at: clock.now())
    )
    for kind in DomainVerification.Kind.allCases { domain.verifications[kind] = .verified }
    sandbox.resources.put(domain)
    _ = sandbox.resources.change(sandbox.resource.path) { $0.linkedDomains = [path] }
  }

  /// Asks one of the sandbox's own paths.
  func admin(_ method: String, _ path: String, _ body: JSON? = nil) async -> JSON {
    let request = HTTPRequest(
      method: method,
      scheme: "http",
      authority: Self.address,
      target: "/_sandbox/\(path)",
      body: body.map(\.bytes) ?? []
    )
    return (try? JSON(parsing: await sandbox.handle(request).body)) ?? .null
  }
}
