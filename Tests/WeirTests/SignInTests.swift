import Foundation
import FoundationNetworking
import HTTPMessages
import HTTPServer
import OrderedJSON
import Synchronization
import Testing

/// Connections of a person who signs in, against an identity provider on this machine.
@Suite struct SignInTests {
  private let place: Workplace
  private let provider: SignInProvider

  init() throws {
    place = try Workplace()
    provider = try SignInProvider()
    try provider.writeConnector(to: place)
  }

  // MARK: Steps

  /// Starts a command that asks a person to sign in, and gives the address that it prints.
  private func signingIn(_ words: [String]) async throws -> (WeirProcess, page: String) {
    let process = try place.start(
      words + ["--listen", "127.0.0.1:0", "--output", "json"],
      environment: ["APP_SECRET": SignInProvider.clientSecret]
    )
    try await eventually { process.errors.contains("code_challenge_method=S256\n") }
    let word = process.errors.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("http") }
    return (process, String(try #require(word)))
  }

  private let creation = [
    "connection", "create", "mail", "--connector", "mail", "--parameter", "token:ClientId=app",
    "--parameter", "token:ClientSecret=env:APP_SECRET",
  ]

  /// Opens the page as a browser does, which is sent back to the command.
  private func signIn(_ words: [String]) async throws -> WeirProcess.Outcome {
    let (process, page) = try await signingIn(words)
    _ = try await status(of: page)
    return try await process.end()
  }

  private func status(of url: String) async throws -> Int {
    let response = try await URLSession.shared.data(from: #require(URL(string: url))).1
    return (response as? HTTPURLResponse)?.statusCode ?? 0
  }

  private let call = ["connector", "call", "mail", "Me", "--connection", "mail"]

  private func connectionStatus() async throws -> JSON? {
    let shown = try await place.weir("connection", "show", "mail", "--output", "json")
    return try JSON(parsing: shown.output)["status"]
  }

  private func expectNoSecret(in outcomes: [WeirProcess.Outcome]) throws {
    let tokens = (1...4).flatMap { ["access-\($0)", "refresh-\($0)"] }
    for secret in tokens + [SignInProvider.clientSecret, "c0de-"] {
      for outcome in outcomes {
        #expect(!outcome.output.contains(secret) && !outcome.errors.contains(secret), "\(secret)")
      }
      #expect(try !place.dataHolds(secret), "\(secret)")
    }
  }

  // MARK: Tests

  @Test func `a person signs in with the browser, and eight processes renew the token once`()
    async throws
  {
    let (process, page) = try await signingIn(creation)
    let items = try #require(URLComponents(string: page)?.queryItems)
    let redirect = try #require(items.first { $0.name == "redirect_uri" }?.value)
    #expect(try await status(of: redirect + "?code=stolen&state=guess") == 400)
    #expect(process.isRunning)
    #expect(try await status(of: page) == 200)
    let outcome = try await process.end()
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(try JSON(parsing: outcome.output)["status"] == "connected")
    // Eight processes find at once that the service refuses the token: one of them renews it.
    provider.expire()
    let processes = try (0..<8).map { _ in try place.start(call) }
    var printed = [outcome]
    for process in processes { printed.append(try await process.end()) }
    #expect(printed.allSatisfy { $0.exitCode == 0 }, "\(printed.map(\.errors))")
    #expect(provider.grants == ["authorization_code", "refresh_token"])
    try expectNoSecret(in: printed)
    await provider.stop()
  }

  @Test func `a hundred runs at once renew the token once`() async throws {
    #expect(try await signIn(creation).exitCode == 0)
    let me: JSON = [
      "type": "OpenApiConnection",
      "inputs": ["host": ["connectionName": "mail", "operationId": "Me"]],
    ]
    try place.write(
      ["definition": ["triggers": ["manual": ["type": "Request"]], "actions": ["Me": me]]],
      to: "flows/me.json"
    )
    provider.expire()
    let before = provider.calls
    let outcome = try await place.weir(
      "run",
      "start",
      "me",
      "--count",
      "100",
      "--concurrency",
      "100",
      "--output",
      "json"
    )
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(try JSON(parsing: outcome.output)["succeeded"] == 100)
    #expect(provider.calls == before + 100)
    #expect(provider.grants == ["authorization_code", "refresh_token"])
    try expectNoSecret(in: [outcome])
    await provider.stop()
  }

  @Test func `a sign-in that was withdrawn is explained, and signing in again mends it`()
    async throws
  {
    #expect(try await signIn(creation).exitCode == 0)
    provider.expire()
    provider.become(.revoked)
    let refused = try await place.start(call).end()
    #expect(refused.exitCode == 1)
    #expect(refused.errors.contains("weir connection rotate mail"), "\(refused.errors)")
    #expect(try await connectionStatus() == "unauthenticated")
    provider.become(.usual)
    let rotated = try await signIn(["connection", "rotate", "mail"])
    #expect(rotated.exitCode == 0, "\(rotated.errors)")
    #expect(try await connectionStatus() == "connected")
    #expect(try await place.start(call).end().exitCode == 0)
    try expectNoSecret(in: [refused, rotated])
    await provider.stop()
  }

  @Test func `a new sign-in that does not work leaves the old one in use`() async throws {
    #expect(try await signIn(creation).exitCode == 0)
    provider.become(.refusing)
    let rotated = try await signIn(["connection", "rotate", "mail"])
    #expect(rotated.exitCode == 1 && rotated.errors.contains("keeps its old values"))
    provider.become(.usual)
    #expect(try await connectionStatus() == "connected")
    provider.expire()
    #expect(try await place.start(call).end().exitCode == 0)
    #expect(provider.grants == ["authorization_code", "authorization_code", "refresh_token"])
    provider.become(.refusing)
    let forced = try await signIn(["connection", "rotate", "mail", "--force"])
    #expect(forced.exitCode == 0, "\(forced.errors)")
    #expect(try await connectionStatus() == "unauthenticated")
    try expectNoSecret(in: [rotated, forced])
    await provider.stop()
  }

  @Test func `a page for people in place of a token is explained`() async throws {
    #expect(try await signIn(creation).exitCode == 0)
    provider.expire()
    provider.become(.page)
    let outcome = try await place.start(call).end()
    #expect(outcome.exitCode == 1 && outcome.errors.contains("K0020"), "\(outcome.errors)")
    try expectNoSecret(in: [outcome])
    await provider.stop()
  }

  @Test func `no credentials follow a redirect to another host`() async throws {
    #expect(try await signIn(creation).exitCode == 0)
    let seen = Seen()
    let other = try HTTPServer(on: ListenAddress(host: "127.0.0.1", port: 0)) { request, _ in
      seen.headers.withLock { $0.append(request.headers) }
      return HTTPResponse(status: 200)
    }
    provider.become(.moved("http://\(other.address)/elsewhere"))
    let outcome = try await place.start(call).end()
    let headers = seen.headers.withLock { $0 }
    #expect(headers.count == 1, "\(outcome.output)\(outcome.errors)")
    #expect(headers.allSatisfy { $0["Authorization"] == nil })
    #expect(!headers.contains { "\($0)".contains("access-") })
    try expectNoSecret(in: [outcome])
    await other.stop(within: .zero)
    await provider.stop()
  }

  private final class Seen: Sendable {
    let headers = Mutex<[HTTPFields]>([])
  }

  @Test func `an owner shares a connection and takes it back`() async throws {
    #expect(try await signIn(creation).exitCode == 0)
    for (words, isShared) in [([], true), (["--off"], false)] as [([String], JSON)] {
      let outcome = try await place.start(
        ["connection", "share", "mail", "--output", "json"] + words
      ).end()
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(try JSON(parsing: outcome.output)["shared"] == isShared)
    }
    #expect(try await place.weir("connection", "share", "male").exitCode == 4)
    #expect(try await place.weir("connection", "share", "acs").exitCode == 3)
    await provider.stop()
  }
}
