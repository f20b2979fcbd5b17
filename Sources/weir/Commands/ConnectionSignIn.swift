import CommandLineArguments
import Connectors
import Crypto
import Definitions
import Diagnostics
import Foundation
import HTTPMessages
import HTTPServer
import Runtime
import Seams
import Timekeeping

/// Lets a person sign in with the browser, and catches the redirect that comes back.
///
/// Source: RFC 8252 section 7.3; RFC 7636.
struct ConnectionSignIn: Sendable {
  static let usualAddress = "127.0.0.1:7079"
  private static let path = "/oauth/callback"
  private static let patience = Duration.seconds(600)

  let session: Session

  private var context: Context { session.workspace.context }

  /// What the identity provider gives for the connection.
  ///
  /// - Throws: K0016 when nobody comes back, K0007 and K0008 for the provider, L0001 to L0004 when
  ///   the address for the redirect cannot be listened on.
  func tokens(for record: ConnectionRecord, _ connector: Connector)
    async throws(Diagnostic) -> OAuthTokens
  {
    let entropy = session.environment.entropy
    let state = Base64.encodeURL(entropy.bytes(32))
    let verifier = Base64.encodeURL(entropy.bytes(32))
    let (stream, continuation) = AsyncStream.makeStream(of: Result<String, Diagnostic>.self)
    let server = try HTTPServer(on: try address()) { request, _ in
      Self.answer(request, state: state, continuation)
    }
    defer { continuation.finish() }
    let redirect = "http://\(server.address)\(Self.path)"
    guard
      case .signIn(let flow)? = try TokenCredential.of(
        record.values,
        connector,
        redirectURL: redirect,
        setting: session.environment.setting
      )
    else { return OAuthTokens(accessToken: "") }
    let challenge = Base64.encodeURL(SHA256.digest(Array(verifier.utf8)))
    let url = flow.authorizationURL(state: state, challenge: challenge)
    context.console.writeNote("Open this address in a browser and sign in:\n\n  \(url)\n\n")
    context.note("(register \(redirect) as the redirect address of the application)")
    let result = await Self.first(of: stream, continuation, session.environment.clock)
    await server.stop(within: .seconds(1))
    let code = try result.get()
    return try await TokenAcquirer(environment: session.environment)
      .exchange(code, verifier: verifier, flow)
  }

  private func address() throws(Diagnostic) -> ListenAddress {
    let address = try ListenAddress(context.arguments.value("listen") ?? Self.usualAddress)
    guard address.isLoopback else {
      throw Diagnostic(
        .signInAbandoned,
        "the redirect of a sign-in cannot be caught on '\(address)', which others may reach",
        hint: "use an address of this machine, such as \(Self.usualAddress)"
      )
    }
    return address
  }

  private static func first(
    of stream: AsyncStream<Result<String, Diagnostic>>,
    _ continuation: AsyncStream<Result<String, Diagnostic>>.Continuation,
    _ clock: any Clock
  ) async -> Result<String, Diagnostic> {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        guard (try? await clock.pause(for: patience)) != nil else { return }
        continuation.yield(.failure(abandoned("nobody came back from the browser in time")))
      }
      defer { group.cancelAll() }
      for await result in stream { return result }
      return .failure(abandoned("the sign-in was interrupted"))
    }
  }

  private static func abandoned(_ why: String) -> Diagnostic {
    Diagnostic(.signInAbandoned, why, hint: "start again, and sign in within ten minutes")
  }

  // MARK: Redirect

  private static func answer(
    _ request: HTTPRequest,
    state: String,
    _ continuation: AsyncStream<Result<String, Diagnostic>>.Continuation
  ) -> HTTPResponse {
    guard request.method == "GET", request.path == path else { return HTTPResponse(status: 404) }
    let items = Dictionary(QueryItem.parse(request.query).map { ($0.name, $0.value) }) { $1 }
    // Somebody else's page may send the browser here too; only our own state counts.
    let given = Array((items["state"] ?? "").utf8)
    guard ConstantTime.areEqual(given, Array(state.utf8)) else {
      return page(400, "This is not the sign-in that weir waits for.")
    }
    guard let code = items["code"], !code.isEmpty else {
      let word = items["error"] ?? ""
      let isWord =
        !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
      let shown = isWord ? " '\(word.prefix(60))'" : ""
      continuation.yield(.failure(abandoned("the identity provider refused the sign-in" + shown)))
      return page(400, "The sign-in was refused. You can close this page.")
    }
    continuation.yield(.success(code))
    return page(200, "Signed in. You can close this page and go back to weir.")
  }

  private static func page(_ status: Int, _ text: String) -> HTTPResponse {
    HTTPResponse(
      status: status,
      headers: [
        "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
      ],
      body: Array("<!doctype html><title>weir</title><p>\(text)</p>".utf8)
    )
  }
}
