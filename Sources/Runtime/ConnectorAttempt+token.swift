import Connectors
import Definitions
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

extension ConnectorAttempt {
  /// Takes a token that is still good, or asks for a new one.
  func take(_ fetch: TokenFetch) async throws(CallFailure) {
    token = fetch
    extras.token = try await performer.tokens.outputs(for: tokenKey(fetch)) {
      [performer] () async throws(CallFailure) -> TokenCache.Entry in
      try await Self.ask(fetch, performer.environment)
    }
  }

  /// Drops a token that the service refused.
  func forgetToken() async {
    if let token, let refused = extras.token {
      await performer.tokens.forget(tokenKey(token), refused)
    }
    extras.token = nil
  }

  private func tokenKey(_ fetch: TokenFetch) -> TokenCache.Key {
    TokenCache.Key(
      connection: connection.name.lowercased(),
      token: fetch.name,
      request: fetch.request.request
    )
  }

  /// The token request does not count against the connection's limit: it goes to another service.
  private static func ask(_ fetch: TokenFetch, _ environment: Environment)
    async throws(CallFailure) -> TokenCache.Entry
  {
    let now = environment.clock.now()
    let request = fetch.request.signed(at: now, with: environment.digests)
    let response: HTTPResponse
    do throws(TransportFailure) {
      response = try await environment.transport.send(request, limits: .standard)
    } catch {
      throw .transport(error)
    }
    guard response.isSuccess else {
      let isTransient = response.status == 429 || response.status >= 500
      guard !isTransient else {
        throw .transport(TransportFailure(.connection, refusal(fetch, response)))
      }
      throw .refused(
        Diagnostic(
          .signInRefused,
          refusal(fetch, response),
          hint: "check the values of the connection"
        )
      )
    }
    let outputs = fetch.outputs(of: response)
    return TokenCache.Entry(outputs: outputs, expires: now + fetch.lifetime(of: outputs))
  }

  private static func refusal(_ fetch: TokenFetch, _ response: HTTPResponse) -> String {
    "the token request '\(fetch.name)' to '\(fetch.request.request.host)' was answered with status "
      + "\(response.status)"
  }
}
