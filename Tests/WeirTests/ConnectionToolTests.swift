import Fixtures
import Foundation
import FoundationNetworking
import HTTPMessages
import HTTPServer
import OrderedJSON
import Synchronization
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

  /// Whether any file below the data folder holds the text.
  private func dataHolds(_ text: String, _ place: Workplace) throws -> Bool {
    let files = FileManager.default.enumerator(at: place.data, includingPropertiesForKeys: nil)
    let needle = Data(text.utf8)
    return (files?.allObjects ?? []).contains { item in
      guard let url = item as? URL, let data = try? Data(contentsOf: url) else { return false }
      return data.range(of: needle) != nil
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
      #expect(try !dataHolds(secret, place))
      #expect(try !dataHolds("-----BEGIN", place))
      // All of the sandbox's tokens begin so.
      #expect(try !dataHolds("eyJhbGciOiJFUzI1NiI", place))
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
    let deleted = try await place.weir("connection", "delete", "mine", "--output", "json")
    #expect(try JSON(parsing: deleted.output)["deleted"] == true)
    #expect(try await place.weir("connection", "show", "mine").exitCode == 4)
  }

  // MARK: Sign-in

  @Test func `a person signs in with the browser, and eight processes renew the token once`()
    async throws
  {
    let place = try Workplace()
    let provider = try SignInProvider()
    try provider.writeConnector(to: place)
    let process = try place.start(
      [
        "connection", "create", "mail", "--connector", "mail", "--listen", "127.0.0.1:0",
        "--parameter", "token:ClientId=app", "--parameter", "token:ClientSecret=env:APP_SECRET",
        "--output", "json",
      ],
      environment: ["APP_SECRET": SignInProvider.clientSecret]
    )
    try await eventually { process.errors.contains("code_challenge_method=S256\n") }
    let word = process.errors.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("http") }
    let page = try #require(word.flatMap { URLComponents(string: String($0)) })
    func item(_ name: String) -> String {
      page.queryItems?.first { $0.name == name }?.value ?? ""
    }
    let redirect = item("redirect_uri")
    #expect(try await status(of: redirect + "?code=stolen&state=guess") == 400)
    #expect(process.isRunning)
    #expect(try await status(of: redirect + "?code=c0de&state=" + item("state")) == 200)
    let outcome = try await process.end()
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(try JSON(parsing: outcome.output)["status"] == "connected")
    // Eight processes find at once that the service refuses the token: one of them renews it.
    provider.expire()
    let words = ["connector", "call", "mail", "Me", "--connection", "mail"]
    let processes = try (0..<8).map { _ in try place.start(words) }
    var printed = [outcome]
    for process in processes { printed.append(try await process.end()) }
    #expect(printed.allSatisfy { $0.exitCode == 0 }, "\(printed.map(\.errors))")
    #expect(provider.grants == ["authorization_code", "refresh_token"])
    for secret in [SignInProvider.clientSecret, "access-1", "access-2", "refresh-1", "refresh-2"] {
      #expect(printed.allSatisfy { !$0.output.contains(secret) && !$0.errors.contains(secret) })
      #expect(try !dataHolds(secret, place))
    }
    await provider.stop()
  }

  private func status(of url: String) async throws -> Int {
    let response = try await URLSession.shared.data(from: #require(URL(string: url))).1
    return (response as? HTTPURLResponse)?.statusCode ?? 0
  }
}
