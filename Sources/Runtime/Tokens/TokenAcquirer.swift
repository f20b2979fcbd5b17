package import Connectors
package import Diagnostics
import HTTPMessages
import Seams
import Timekeeping

/// Asks token endpoints, with their own rules for trying again.
///
/// Source: Azure Communication fact sheet, sections 1.3 and 1.4.
package struct TokenAcquirer: Sendable {
  private let environment: Environment

  package init(environment: Environment) { self.environment = environment }

  /// A new token.
  ///
  /// - Parameters:
  ///   - credential: Whose.
  ///   - refreshToken: What stands for a person who signed in.
  /// - Returns: The answer of the endpoint.
  /// - Throws: K0005 when somebody must sign in, K0006 to K0009 for unusable settings and refusals,
  ///   K0014 when there is no answer, K0017 without a federated token, V0006 for certificates.
  func acquire(_ credential: TokenCredential, refreshToken: String?)
    async throws(Diagnostic) -> OAuthTokens
  {
    switch credential {
    case .signIn(let flow):
      guard let refreshToken else { throw Self.signedOut }
      var tokens = try await ask(flow) { authentication throws(Diagnostic) in
        try flow.refreshRequest(refreshToken: refreshToken, authentication: authentication)
      }
      tokens.refreshToken = tokens.refreshToken ?? refreshToken
      return tokens
    case .client(let flow):
      return try await ask(flow) { authentication throws(Diagnostic) in
        try flow.clientCredentialsRequest(authentication: authentication)
      }
    case .secret(let client, let secret):
      return try await ask(client.request(.secret(secret)), .provider)
    case .certificate(let client, let certificate):
      let claims = client.assertionClaims(
        id: environment.entropy.uuid(),
        now: environment.clock.now()
      )
      let assertion = try environment.identity.assertion(claims, certificate).get()
      return try await ask(client.request(.assertion(assertion)), .provider)
    case .federated(let client, let path):
      return try await ask(client.request(.assertion(try federatedToken(path))), .provider)
    case .managedIdentity(let identity):
      let endpoint = ManagedIdentity.endpoint(environment.setting)
      return try await ask(identity.request(to: endpoint), .managedIdentity)
    }
  }

  /// Exchanges the code of a sign-in.
  ///
  /// - Throws: As `acquire`.
  package func exchange(_ code: String, verifier: String, _ flow: OAuthFlow)
    async throws(Diagnostic) -> OAuthTokens
  {
    try await ask(flow) { authentication throws(Diagnostic) in
      try flow.tokenRequest(code: code, verifier: verifier, authentication: authentication)
    }
  }

  static let signedOut = Diagnostic(
    .missingToken,
    "nobody is signed in, or the sign-in has ended",
    hint: "sign in again with 'weir connection rotate'"
  )

  private func federatedToken(_ path: String) throws(Diagnostic) -> String {
    let text = environment.identity.file(path).map { String(decoding: $0, as: UTF8.self) }
    let token = text.map { $0.filter { !$0.isWhitespace } } ?? ""
    guard !token.isEmpty else {
      throw Diagnostic(
        .unreadableTokenFile,
        "the federated token file '\(path)' is missing, empty or not readable",
        hint: "check 'tokenFile' of the connection, or AZURE_FEDERATED_TOKEN_FILE"
      )
    }
    return token
  }

  // MARK: Asking

  /// Shows the secret in the form, and in the header to providers that want it there.
  private func ask(
    _ flow: OAuthFlow,
    _ request: (OAuthFlow.ClientAuthentication) throws(Diagnostic) -> HTTPRequest
  ) async throws(Diagnostic) -> OAuthTokens {
    let first = try await answer(try request(.form), .provider)
    guard OAuthFlow.wantsBasic(first) else { return try tokens(first) }
    return try tokens(try await answer(try request(.basic), .provider))
  }

  private func ask(_ request: HTTPRequest, _ endpoint: TokenRetry.Endpoint)
    async throws(Diagnostic) -> OAuthTokens
  {
    try tokens(try await answer(request, endpoint))
  }

  private func tokens(_ response: HTTPResponse) throws(Diagnostic) -> OAuthTokens {
    let now = environment.clock.now()
    do throws(Diagnostic) {
      return try OAuthTokens(response, now: now)
    } catch {
      throw ClockSkew.explain(error, response, now)
    }
  }

  private func answer(_ request: HTTPRequest, _ endpoint: TokenRetry.Endpoint)
    async throws(Diagnostic) -> HTTPResponse
  {
    var attempt = 1
    while true {
      let result = await send(request, endpoint)
      let now = environment.clock.now()
      let response = try? result.get()
      let delay = TokenRetry.delay(
        after: response?.status,
        from: endpoint,
        attempt: attempt,
        retryAfter: response.flatMap { RetryAfter.delay($0.headers, now: now) }
      )
      guard let delay, Self.mayHelp(result) else { return try Self.last(result, request, endpoint) }
      do { try await environment.clock.pause(for: delay) } catch {
        throw Self.unavailable(request, "the wait for it was cancelled", endpoint)
      }
      attempt += 1
    }
  }

  private static func mayHelp(_ result: Result<HTTPResponse, TransportFailure>) -> Bool {
    if case .failure(let failure) = result { failure.isTransient } else { true }
  }

  private static func last(
    _ result: Result<HTTPResponse, TransportFailure>,
    _ request: HTTPRequest,
    _ endpoint: TokenRetry.Endpoint
  ) throws(Diagnostic) -> HTTPResponse {
    switch result {
    case .failure(let failure): throw unavailable(request, failure.message, endpoint)
    case .success(let response):
      guard response.status == 429 || response.status >= 500 else { return response }
      throw unavailable(request, "it answers with status \(response.status)", endpoint)
    }
  }

  private static func unavailable(
    _ request: HTTPRequest,
    _ why: String,
    _ endpoint: TokenRetry.Endpoint
  ) -> Diagnostic {
    Diagnostic(
      .tokenUnavailable,
      "the token endpoint at '\(request.authority)' gives no token: \(why)",
      hint: endpoint == .managedIdentity
        ? "a managed identity works only on machines of its platform; check IDENTITY_ENDPOINT"
        : "check the network and the address of the token endpoint, then try again"
    )
  }

  private func send(_ request: HTTPRequest, _ endpoint: TokenRetry.Endpoint)
    async -> Result<HTTPResponse, TransportFailure>
  {
    let isLocal = endpoint == .managedIdentity
    let limits = TransferLimits(
      connectTimeout: .seconds(isLocal ? 1 : 10),
      totalTimeout: .seconds(30),
      responseByteCount: 1 << 20,
      avoidsProxy: isLocal
    )
    do throws(TransportFailure) {
      return .success(try await environment.transport.send(request, limits: limits))
    } catch {
      return .failure(error)
    }
  }
}
