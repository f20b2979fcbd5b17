import CCurl
import Connectors
import Crypto
import CurlTransport
import Definitions
import Engine
import Foundation
import HTTPMessages
import OrderedJSON
import Runtime
import SQLiteStore
import Seams
import Timekeeping

/// The sample flow on the real engine, store and transport.
struct WeirLoop {
  private let worker: Worker
  private let store: SQLiteStore
  private let transport: CurlTransport
  private let flow: PreparedFlow

  init(folder: String, connectionString: String, flow: Flow? = nil) throws {
    let entropy = SystemEntropy()
    store = try SQLiteStore(folder: folder, owner: OwnerID(entropy.uuid()))
    transport = CurlTransport(userAgent: "weir-bench")
    let key = VaultKey(bytes: entropy.bytes(32))
    let environment = Environment(
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
    let connections = Connections(
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
  func run(_ count: Int, concurrency: Int) async throws -> [Double] {
    try await withThrowingTaskGroup(of: Double.self) { group in
      var durations: [Double] = []
      durations.reserveCapacity(count)
      var begun = min(count, concurrency)
      for _ in 0..<begun { group.addTask { try await one() } }
      while let duration = try await group.next() {
        durations.append(duration)
        guard begun < count else { continue }
        begun += 1
        group.addTask { try await one() }
      }
      return durations
    }
  }

  private func one() async throws -> Double {
    let start = ContinuousClock.now
    let trigger = TriggerEvent(name: "manual", type: "Request", outputs: [:])
    let state = try await worker.start(flow, trigger: trigger).end()
    guard state.status == .succeeded else { throw BenchFailure(state.error?.text ?? "") }
    return (ContinuousClock.now - start) / .seconds(1)
  }
}

struct BenchFailure: Error {
  let message: String
  init(_ message: String) { self.message = message }
}

struct BenchClock: Seams.Clock {
  func now() -> Timestamp {
    Timestamp(ticks: Int64(Date().timeIntervalSince1970 * 1e7))
  }

  func sleep(until deadline: Timestamp) async throws {
    try await Task.sleep(for: max(.zero, deadline - now()))
  }

  func pause(for duration: Duration) async throws {
    try await Task.sleep(for: duration, tolerance: .zero)
  }
}

/// The sample flow and connector of the repository.
enum SampleFiles {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func bytes(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: root.appending(path: path)))
  }

  static func flow() throws -> Flow {
    let path = "flows/onboard-user.json"
    let read = FlowReader.read(name: "onboard-user", file: path, bytes: try bytes(path))
    guard let flow = read.flow else { throw BenchFailure("the sample flow cannot be read") }
    return flow
  }

  static func connector() throws -> Connector {
    let folder = "definitions/azure-communication-identity"
    func file(_ name: String) throws -> ConnectorFiles.File {
      ConnectorFiles.File(path: "\(folder)/\(name)", bytes: try bytes("\(folder)/\(name)"))
    }
    let files = ConnectorFiles(
      name: "azure-communication-identity",
      definition: try file("apiDefinition.swagger.json"),
      properties: try file("apiProperties.json"),
      runtime: try file("runtime.json")
    )
    guard let connector = ConnectorDecoder.decode(files).connector else {
      throw BenchFailure("the sample connector cannot be read")
    }
    return connector
  }
}
