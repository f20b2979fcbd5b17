import Fixtures
import Foundation
import OrderedJSON
import Testing

/// `flows/rotate-keys.json` on a server, while other runs call with the keys that it replaces.
@Suite struct KeyRotationTests {
  /// A project with the flow and its connector.
  private func project() throws -> Workplace {
    let place = try Workplace(hasAllConnections: true)
    for name in ["apiDefinition.swagger.json", "apiProperties.json", "runtime.json"] {
      let path = "definitions/azure-communication-management/\(name)"
      try place.write(JSON(parsing: Fixtures.sample(path)), to: path)
    }
    let flow = "flows/rotate-keys.json"
    try place.write(JSON(parsing: Fixtures.sample(flow)), to: flow)
    try place.write(["secondsToSettle": 3], to: "input.json")
    return place
  }

  /// Rotates, and makes so many calls meanwhile as the connector's limit lets pass at once.
  private func rotate(
    _ place: Workplace,
    runs: Int,
    _ environment: [String: String]
  ) async throws {
    let rotation = try place.start(
      ["run", "start", "rotate-keys", "--input", "input.json"],
      environment: environment
    )
    for _ in 0..<runs where rotation.isRunning {
      let run = try await place.weir("run", "start", "onboard-user", environment: environment)
      #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
    }
    let outcome = try await rotation.end()
    #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")
    #expect(!outcome.output.contains("accesskey="))
  }

  @Test func `on a server with tokens the flow shows its own`() async throws {
    let place = try project()
    let sandbox = try await SandboxServer(in: place)
    let made = try await place.weir(
      "admin",
      "token",
      "create",
      // A connection belongs to whom the token names, and runs use those of whoever starts them.
      NSUserName(),
      "--role",
      "author",
      "--output",
      "json"
    )
    let token = try #require(JSON(parsing: made.output)["token"]?.stringValue, "\(made.errors)")
    try place.write(["secondsToSettle": 1], to: "input.json")
    // The server runs what is started beside it, so that its own settings count.
    let strange = try await withServer(in: place, sandbox.settings) {
      try await place.weir("run", "start", "rotate-keys", environment: sandbox.settings)
    }
    #expect(strange.exitCode == 1 && strange.output.contains("NotLetIn"), "\(strange.output)")
    var environment = sandbox.settings
    environment["WEIR_TOKEN"] = token
    try await withServer(in: place, environment) { try await rotate(place, runs: 3, environment) }
    let after = try await place.weir("run", "start", "onboard-user", environment: sandbox.settings)
    #expect(after.exitCode == 0, "\(after.output)\(after.errors)")
    #expect(try !place.dataHolds(token))
    expectNoCrash(try await sandbox.stop())
  }

  private func withServer<Result>(
    in place: Workplace,
    _ environment: [String: String],
    _ body: () async throws -> Result
  ) async throws -> Result {
    let server = try await FlowServer(in: place, environment: environment)
    let address: JSON = ["weir": ["type": "String", "value": .string(server.url)]]
    try place.write(address, to: "flows/parameters.json")
    let result = try await body()
    expectNoCrash(try await server.stop())
    return result
  }

  @Test func `without a server the flow ends at once and says what to start`() async throws {
    let place = try project()
    let sandbox = try await SandboxServer(in: place)
    var environment = sandbox.settings
    environment["WEIR_URL"] = "http://127.0.0.1:1"
    let outcome = try await place.weir("run", "start", "rotate-keys", environment: environment)
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("NoServer") && outcome.output.contains("weir server start"))
    #expect(!outcome.output.contains("New_secondary_key Succeeded"))
    let after = try await place.weir("run", "start", "onboard-user", environment: sandbox.settings)
    #expect(after.exitCode == 0, "\(after.output)\(after.errors)")
    expectNoCrash(try await sandbox.stop())
  }

  @Test func `both keys are replaced, the connection follows, and no call is lost`() async throws {
    let place = try project()
    let sandbox = try await SandboxServer(in: place)
    let environment = sandbox.settings
    let server = try await FlowServer(in: place, environment: environment)
    let address: JSON = ["weir": ["type": "String", "value": .string(server.url)]]
    try place.write(address, to: "flows/parameters.json")
    try await rotate(place, runs: 20, environment)
    try await rotate(place, runs: 0, environment)
    let after = try await place.weir("run", "start", "onboard-user", environment: environment)
    #expect(after.exitCode == 0, "\(after.output)\(after.errors)")
    expectNoCrash(try await server.stop())
    let forgotten = try await place.weir("connection", "delete", "acs")
    #expect(forgotten.exitCode == 0, "\(forgotten.errors)")
    let refused = try await place.weir("run", "start", "onboard-user", environment: environment)
    #expect(refused.exitCode == 1 && refused.output.contains("Unauthorized"))
    expectNoCrash(try await sandbox.stop())
  }
}
