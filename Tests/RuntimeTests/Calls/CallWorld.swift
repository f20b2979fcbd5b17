import Connectors
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

/// A runtime with one made-up connector, on simulated time, network and disk.
final class CallWorld: Sendable {
  let transport: ScriptedTransport
  let executor: SimulatedExecutor
  let environment: Environment
  let performer: HTTPPerformer
  private let worker: Worker

  init(
    connector: Connector,
    values: JSONObject = ["api_key": "k-123"],
    answer: @escaping @Sendable (HTTPRequest, Int) -> ScriptedAnswer
  ) {
    let clock = SimulatedClock()
    let count = Count()
    executor = SimulatedExecutor(clock: clock)
    transport = ScriptedTransport(clock: clock) { request in answer(request, count.next()) }
    environment = Environment(
      store: MemoryStore(MemoryDatabase(), owner: OwnerID("calls")),
      transport: transport,
      clock: clock,
      entropy: SeededEntropy(seed: 3),
      vault: MemoryVault(),
      log: .silent,
      digests: .openSSL,
      executor: executor,
      setting: { _ in nil }
    )
    let declaration = ConnectionDeclaration(name: "c", connector: "sample", parameters: values)
    let connections = Connections(
      environment: environment,
      declarations: [declaration],
      connector: { _ in connector }
    )
    performer = HTTPPerformer(environment: environment, connections: connections)
    worker = Worker(environment: environment, performer: performer)
  }

  private final class Count: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
      value.withLock { value in
        value += 1
        return value
      }
    }
  }

  /// Runs a flow to its end.
  func run(_ flow: Flow) throws -> RunState {
    try executor.run { [self] in
      let prepared = try PreparedFlow(flow, parameters: [:], digests: environment.digests)
      let trigger = TriggerEvent(name: "manual", type: "Request", outputs: [:])
      return try await worker.start(prepared, trigger: trigger).end()
    }
  }

  static func connector(_ document: JSON) throws -> Connector {
    func file(_ path: String, _ value: JSON) -> ConnectorFiles.File {
      ConnectorFiles.File(path: path, bytes: value.bytes)
    }
    let definition: JSON = [
      "swagger": "2.0", "info": ["title": "Sample", "version": "1"], "host": "api.example.com",
      "basePath": "/v1", "schemes": ["https"], "paths": document["paths"] ?? [:],
      "securityDefinitions": ["k": ["type": "apiKey", "in": "header", "name": "X-Key"]],
    ]
    let (connector, diagnostics) = ConnectorDecoder.decode(
      ConnectorFiles(
        name: "sample",
        definition: file("apiDefinition.swagger.json", definition),
        properties: file("apiProperties.json", ["properties": properties(document)]),
        runtime: document["runtime"].map { file("runtime.json", $0) },
        hasScript: document["properties"]?["scriptOperations"] != nil
      )
    )
    return try #require(connector, "\(diagnostics)")
  }

  private static func properties(_ document: JSON) -> JSON {
    var properties: JSONObject = [
      "connectionParameters": ["api_key": ["type": "securestring"], "host": ["type": "string"]]
    ]
    for member in document["properties"]?.objectValue?.members ?? [] {
      properties[member.key] = member.value
    }
    return .object(properties)
  }

  /// A flow with one action named `Call`.
  static func flow(_ action: JSON) throws -> Flow {
    let definition: JSON = [
      "triggers": ["manual": ["type": "Request"]], "actions": ["Call": action],
    ]
    return try SimulatedWorld.flow("call", definition.bytes)
  }
}
