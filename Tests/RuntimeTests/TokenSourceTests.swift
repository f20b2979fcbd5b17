import Connectors
import Diagnostics
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Testing
import Timekeeping

struct TokenSourceTests {
  func sleep(_ world: TokenWorld, _ seconds: Int64) async throws {
    try await world.clock.sleep(until: world.clock.now() + .seconds(seconds))
  }

  /// Asks so many times at once.
  func ask(
    _ source: TokenSource,
    _ order: TokenOrder = TokenWorld.application(),
    times: Int
  ) async throws -> [String] {
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<times { group.addTask { try await source.token(for: order) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  @Test func `100 that ask at once make one request`() throws {
    let world = TokenWorld { _, number in .respond(TokenWorld.tokens(number), after: .seconds(2)) }
    let tokens = try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      return try await ask(source, TokenWorld.application(), times: 100)
    }
    #expect(tokens == Array(repeating: "token-1", count: 100))
    #expect(world.transport.requests.count == 1)
  }

  @Test func `a token is not used in its last five minutes`() throws {
    let world = TokenWorld { _, number in .respond(TokenWorld.tokens(number)) }
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      let order = TokenWorld.application()
      _ = try await source.token(for: order)
      try await sleep(world, 2999)
      #expect(try await source.token(for: order) == "token-1")
      #expect(world.transport.requests.count == 1)
      try await sleep(world, 302)
      #expect(try await source.token(for: order) == "token-2")
    }
  }

  @Test func `a long-lived token is renewed in the background and serves until then`() throws {
    let world = TokenWorld { _, number in
      .respond(TokenWorld.tokens(number, life: 86_400), after: .seconds(3))
    }
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      let order = TokenWorld.application()
      _ = try await source.token(for: order)
      try await sleep(world, 43_200)
      #expect(try await source.token(for: order) == "token-1")
      try await sleep(world, 4)
      #expect(try await source.token(for: order) == "token-2")
    }
  }

  @Test func `while renewing fails the old token serves, and nobody asks for 30 s`() throws {
    let world = TokenWorld { _, number in
      .respond(
        number == 1
          ? TokenWorld.tokens(number, life: 7200) : TokenWorld.refusal("unauthorized_client")
      )
    }
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      let order = TokenWorld.application()
      _ = try await source.token(for: order)
      try await sleep(world, 3600)
      for _ in 0..<29 {
        #expect(try await source.token(for: order) == "token-1")
        try await sleep(world, 1)
      }
      #expect(world.transport.requests.count == 2)
      try await sleep(world, 2)
      #expect(try await source.token(for: order) == "token-1")
      try await sleep(world, 1)
      #expect(world.transport.requests.count == 3)
    }
  }

  @Test func `a refused token is replaced once`() throws {
    let world = TokenWorld { _, number in .respond(TokenWorld.tokens(number)) }
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      let order = TokenWorld.application()
      let first = try await source.token(for: order)
      #expect(try await source.token(for: order, rejected: first) == "token-2")
      // Who comes late with the same refusal gets what is new already.
      #expect(try await source.token(for: order, rejected: first) == "token-2")
      #expect(world.transport.requests.count == 2)
    }
  }

  @Test func `a revoked sign-in is explained, not asked about again and not leaked`() throws {
    let world = TokenWorld { _, _ in .respond(TokenWorld.refusal("invalid_grant")) }
    let order = try TokenWorld.person()
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      try await source.adopt(
        OAuthTokens(accessToken: "a", refreshToken: "r3fresh", expires: world.clock.now()),
        for: order
      )
      for _ in 0..<3 {
        let problem = await #expect(throws: Diagnostic.self) {
          try await source.token(for: order)
        }
        #expect(problem?.code == .signInRefused)
        #expect(problem?.hint?.contains("sign in again") == true)
        #expect("\(String(describing: problem))".contains("s3cret") == false)
      }
      #expect(world.transport.requests.count == 1)
    }
    #expect(!world.logged.contains("r3fresh") && !world.logged.contains(TokenWorld.secret))
  }

  @Test func `what was refused before the clock was set back is asked about again`() throws {
    let world = TokenWorld { _, number in
      number == 1
        ? .respond(TokenWorld.refusal("invalid_client")) : .respond(TokenWorld.tokens(number))
    }
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      let order = TokenWorld.application()
      await #expect(throws: Diagnostic.self) { try await source.token(for: order) }
      await #expect(throws: Diagnostic.self) { try await source.token(for: order) }
      #expect(world.transport.requests.count == 1)
      world.clock.step(by: .seconds(-3600))
      #expect(try await source.token(for: order) == "token-2")
    }
  }

  @Test func `without a sign-in the error says how to sign in`() throws {
    let world = TokenWorld { _, _ in .refused }
    let order = try TokenWorld.person()
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      let problem = await #expect(throws: Diagnostic.self) { try await source.token(for: order) }
      #expect(problem?.code == .missingToken)
      #expect(world.transport.requests.isEmpty)
    }
  }

  @Test func `an endpoint out of reach is asked four times and may be asked again`() throws {
    let world = TokenWorld { _, number in
      number <= 4 ? .refused : .respond(TokenWorld.tokens(number))
    }
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      let order = TokenWorld.application()
      let start = world.clock.now()
      let problem = await #expect(throws: Diagnostic.self) { try await source.token(for: order) }
      #expect(problem?.code == .tokenUnavailable)
      #expect(world.clock.now() - start == .seconds(7))
      #expect(try await source.token(for: order) == "token-5")
    }
  }

  @Test func `a page for people in place of a token is explained`() throws {
    let world = TokenWorld { _, _ in
      .respond(
        HTTPResponse(
          status: 200,
          headers: ["Content-Type": "text/html"],
          body: Array("<html>Please sign in</html>".utf8)
        )
      )
    }
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      let problem = await #expect(throws: Diagnostic.self) {
        try await source.token(for: TokenWorld.application())
      }
      #expect(problem?.message.contains("'text/html'") == true)
    }
  }

  @Test func `a wrong clock is named when a statement is refused`() throws {
    let world = TokenWorld { _, _ in
      var response = TokenWorld.refusal("invalid_client", status: 401)
      response.headers["Date"] = "Thu, 01 Jan 2026 01:00:00 GMT"
      return .respond(response)
    }
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      let problem = await #expect(throws: Diagnostic.self) {
        try await source.token(for: TokenWorld.application())
      }
      #expect(problem?.hint?.hasPrefix("the clock of this machine is 3600 s behind") == true)
    }
  }

  @Test func `new values get a new token`() throws {
    let world = TokenWorld { _, number in .respond(TokenWorld.tokens(number)) }
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      #expect(try await source.token(for: TokenWorld.application("old")) == "token-1")
      #expect(try await source.token(for: TokenWorld.application("new")) == "token-2")
    }
  }

  @Test func `another process and a restart use the stored token, which is sealed`() throws {
    let world = TokenWorld { _, number in .respond(TokenWorld.tokens(number)) }
    try world.executor.run { () async throws in
      for name in ["first", "second", "third"] {
        let source = TokenSource(environment: world.environment(name))
        #expect(try await source.token(for: TokenWorld.application()) == "token-1")
      }
      #expect(world.transport.requests.count == 1)
      let stolen = try await world.stored("connection/a")
      #expect(!stolen.isEmpty && !stolen.contains("token-1"))
    }
  }

  @Test func `the metadata service is waited for while it is updated`() throws {
    let world = TokenWorld { _, number in
      .respond(number <= 3 ? HTTPResponse(status: 410) : TokenWorld.tokens(number))
    }
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      let identity = ManagedIdentity(scope: "https://communication.azure.com/.default")
      let start = world.clock.now()
      let token = try await source.token(for: TokenWorld.order(.managedIdentity(identity)))
      #expect(token == "token-4")
      #expect(world.clock.now() - start == .seconds(30))
    }
    #expect(world.transport.requests.allSatisfy { $0.authority == "169.254.169.254" })
  }

  @Test func `a federated token is read from its file for each request`() throws {
    let world = TokenWorld { _, number in .respond(TokenWorld.tokens(number)) }
    let client = EntraClient(authority: nil, tenant: "t", clientID: "app", scope: "s/.default")
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      let order = TokenWorld.order(.federated(client, path: "/token"))
      #expect(try await source.token(for: order) == "token-1")
      let missing = TokenWorld.order(.federated(client, path: "/none"), "other")
      let problem = await #expect(throws: Diagnostic.self) { try await source.token(for: missing) }
      #expect(problem?.code == .unreadableTokenFile)
    }
    let body = world.transport.requests.first?.bodyText ?? ""
    #expect(body.hasSuffix("client_assertion=federated-token"))
  }

  @Test func `a secret that the provider wants in the header is shown there`() throws {
    let world = TokenWorld { request, number in
      request.headers["Authorization"] == nil
        ? .respond(TokenWorld.refusal("invalid_client", status: 401))
        : .respond(TokenWorld.tokens(number))
    }
    let order = try TokenWorld.person()
    try world.executor.run { () async throws in
      let source = TokenSource(environment: world.environment())
      try await source.adopt(
        OAuthTokens(accessToken: "a", refreshToken: "r", expires: world.clock.now()),
        for: order
      )
      #expect(try await source.token(for: order) == "token-2")
    }
  }
}
