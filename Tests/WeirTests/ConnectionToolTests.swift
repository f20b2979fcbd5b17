import Fixtures
import Foundation
import OrderedJSON
import Testing

/// Connections from the command line against a sandbox and an identity provider on this machine.
@Suite struct ConnectionToolTests {
  private static let connector = "azure-communication-identity"

  /// Starts a sandbox and hands over the settings that it prints.
  private func withSandbox(
    _ place: Workplace,
    _ body: ([String: String]) async throws -> Void
  ) async throws {
    let sandbox = try place.start(
      ["sandbox", "start", "--listen", "127.0.0.1:0", "--output", "json"]
    )
    defer { sandbox.interrupt() }
    try await eventually { sandbox.output.hasSuffix("\n") }
    let settings = try #require(try JSON(parsing: sandbox.output).objectValue)
    try await body(
      Dictionary(settings.members.map { ($0.key, $0.value.stringValue ?? "") }) { $1 }
    )
    sandbox.interrupt()
    _ = try await sandbox.end()
  }

  private func create(
    _ name: String,
    _ set: String,
    _ parameters: [String],
    _ place: Workplace,
    _ environment: [String: String]
  ) async throws {
    let words =
      ["connection", "create", name, "--connector", Self.connector, "--parameter-set", set]
      + ["endpoint=" + (environment["AZURE_AUTHORITY_HOST"] ?? "")].flatMap { ["--parameter", $0] }
      + parameters.flatMap { ["--parameter", $0] }
    let outcome = try await place.start(words, environment: environment).end()
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    expectNoSecret(of: environment, in: outcome)
  }

  private func expectNoSecret(of environment: [String: String], in outcome: WeirProcess.Outcome) {
    for name in ["AZURE_CLIENT_SECRET", "AZURE_COMMUNICATION_CONNECTION_STRING"] {
      let secret = environment[name] ?? "?"
      #expect(!outcome.output.contains(secret) && !outcome.errors.contains(secret))
    }
  }

  // MARK: Sets

  @Test func `every parameter set of the identity connector reaches the sandbox`() async throws {
    let place = try Workplace()
    let certificate = try #require(
      try Fixtures.json("CryptoTests/Data/certificate.json")["pem"]
    )
    try place.write(certificate, to: "app.pem")
    // The claims: {"aud":"api://AzureADTokenExchange","exp":4102444800}
    try place.write(
      "e30.eyJhdWQiOiJhcGk6Ly9BenVyZUFEVG9rZW5FeGNoYW5nZSIsImV4cCI6NDEwMjQ0NDgwMH0.AA",
      to: "federated"
    )
    try await withSandbox(place) { environment in
      let application = ["tenantId=env:AZURE_TENANT_ID", "clientId=env:AZURE_CLIENT_ID"]
      try await create(
        "sp",
        "servicePrincipal",
        application + ["clientSecret=env:AZURE_CLIENT_SECRET"],
        place,
        environment
      )
      try await create(
        "spc",
        "servicePrincipalCertificate",
        application + ["certificate=file:app.pem"],
        place,
        environment
      )
      try await create("mi", "managedIdentity", [], place, environment)
      var metadata = environment
      metadata["IDENTITY_ENDPOINT"] = nil
      try await create("imds", "managedIdentity", [], place, metadata)
      try await create("wi", "workloadIdentity", ["tokenFile=federated"], place, environment)
      for name in ["sp", "spc", "mi", "imds", "wi"] {
        let outcome = try await place.start(
          ["connector", "call", Self.connector, "CreateCommunicationIdentity"]
            + ["--connection", name],
          environment: environment
        ).end()
        #expect(outcome.exitCode == 0, "\(name): \(outcome.output)\(outcome.errors)")
      }
      let secret = try #require(environment["AZURE_CLIENT_SECRET"])
      #expect(try !place.dataHolds(secret))
      #expect(try !place.dataHolds("-----BEGIN"))
      // All of the sandbox's tokens begin so.
      #expect(try !place.dataHolds("eyJhbGciOiJFUzI1NiI"))
    }
  }

  @Test func `a wrong secret is refused before anything is stored`() async throws {
    let place = try Workplace()
    try await withSandbox(place) { environment in
      var wrong = environment
      wrong["AZURE_CLIENT_SECRET"] = "wr0ng-s3cret"
      let outcome = try await place.start(
        [
          "connection", "create", "sp", "--connector", Self.connector, "--parameter-set",
          "servicePrincipal", "--parameter", "endpoint=\(wrong["AZURE_AUTHORITY_HOST"] ?? "")",
          "--parameter", "tenantId=env:AZURE_TENANT_ID", "--parameter",
          "clientId=env:AZURE_CLIENT_ID", "--parameter", "clientSecret=env:AZURE_CLIENT_SECRET",
        ],
        environment: wrong
      ).end()
      #expect(outcome.exitCode == 1)
      #expect(outcome.errors.contains("'invalid_client'"))
      expectNoSecret(of: wrong, in: outcome)
      #expect(try await place.weir("connection", "show", "sp").exitCode == 4)
    }
  }

  @Test func `new values that do not work leave the old ones in use`() async throws {
    let place = try Workplace()
    try await withSandbox(place) { environment in
      let values = ["tenantId=env:AZURE_TENANT_ID", "clientId=env:AZURE_CLIENT_ID"]
      let secret = "clientSecret=env:AZURE_CLIENT_SECRET"
      try await create("sp", "servicePrincipal", values + [secret], place, environment)
      let words = ["connection", "rotate", "sp", "--parameter", "clientSecret=env:OTHER"]
      let other = environment.merging(["OTHER": "wr0ng-s3cret"]) { $1 }
      let rotated = try await place.start(words, environment: other).end()
      #expect(rotated.exitCode == 1 && rotated.errors.contains("keeps its old values"))
      let call = ["connector", "call", Self.connector, "CreateCommunicationIdentity"]
      let called = try await place.start(call + ["--connection", "sp"], environment: environment)
        .end()
      #expect(called.exitCode == 0, "\(called.errors)")
      let forced = try await place.start(words + ["--force"], environment: other).end()
      #expect(forced.exitCode == 0 && forced.output.contains("unauthenticated"))
      #expect(!(rotated.errors + forced.errors + forced.output).contains("wr0ng-s3cret"))
    }
  }

  @Test func `a connection lives through limits, rotation and deletion`() async throws {
    let place = try Workplace()
    let key = "endpoint=https://contoso.communication.azure.com/;accesskey=bmV3LWtleQ=="
    let old = try await place.weir(
      "connection",
      "create",
      "mine",
      "--connector",
      Self.connector,
      "--parameter",
      "api_key=env:KEY",
      environment: ["KEY": key.replacingOccurrences(of: "bmV3", with: "b2xk")]
    )
    #expect(old.exitCode == 0)
    let again = try await place.weir(
      "connection",
      "create",
      "mine",
      "--connector",
      Self.connector,
      "--parameter",
      "api_key=env:KEY",
      environment: ["KEY": key]
    )
    #expect(again.exitCode == 3 && again.errors.contains("[K0013]"))
    let limits = try await place.weir("connection", "limits", "mine", "--calls", "7")
    #expect(limits.output == "7 calls in 60 s\n")
    let rotated = try await place.weir(
      "connection",
      "rotate",
      "mine",
      "--parameter",
      "api_key=env:KEY",
      environment: ["KEY": key]
    )
    #expect(rotated.exitCode == 0 && rotated.output.contains("7 calls in 60 s"))
    let shared = try await place.weir("connection", "share", "mine")
    #expect(shared.exitCode == 3 && shared.errors.contains("[K0015]"))
    let deleted = try await place.weir("connection", "delete", "mine", "--output", "json")
    #expect(try JSON(parsing: deleted.output)["deleted"] == true)
    #expect(try await place.weir("connection", "show", "mine").exitCode == 4)
  }
}
