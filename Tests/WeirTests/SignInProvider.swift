import Connectors
import Crypto
import HTTPMessages
import HTTPServer
import OrderedJSON
import Synchronization

/// An identity provider and a service that trusts it, on this machine.
///
/// Source: RFC 6749 sections 4.1 and 6; RFC 7636 section 4.6.
final class SignInProvider: Sendable {
  static let clientSecret = "app-s3cret"

  /// What the two do instead of their work.
  enum Mood: Sendable {
    case usual
    /// The service refuses every token.
    case refusing
    /// The provider has withdrawn every sign-in.
    case revoked
    /// A page for people comes in place of a token.
    case page
    /// The service sends callers on to another address.
    case moved(String)
  }

  private struct State {
    var mood = Mood.usual
    var grants: [String] = []
    /// The challenge of each sign-in whose code was not used yet.
    var codes: [String: String] = [:]
    var accepted: Set<String> = []
    var refresh: Set<String> = []
    var calls = 0
  }

  private final class Memory: Sendable {
    let state = Mutex(State())
  }

  private let server: HTTPServer
  private let memory: Memory

  init() throws {
    let memory = Memory()
    self.memory = memory
    server = try HTTPServer(on: ListenAddress(host: "127.0.0.1", port: 0)) { request, _ in
      memory.state.withLock { state in
        switch request.path {
        case "/authorize": Self.authorize(request, &state)
        case "/token": Self.token(request, &state)
        case "/me": Self.me(request, &state)
        default: HTTPResponse(status: 404)
        }
      }
    }
  }

  /// The kinds of requests for tokens so far.
  var grants: [String] { memory.state.withLock { $0.grants } }

  /// How often the service let somebody in.
  var calls: Int { memory.state.withLock { $0.calls } }

  /// The service accepts no token any more that was given so far.
  func expire() { memory.state.withLock { $0.accepted = [] } }

  func become(_ mood: Mood) { memory.state.withLock { $0.mood = mood } }

  func stop() async { await server.stop(within: .zero) }

  // MARK: Endpoints

  /// Sends the browser back with a code, as if a person had agreed.
  private static func authorize(_ request: HTTPRequest, _ state: inout State) -> HTTPResponse {
    let fields = fields(request.query[...])
    guard fields["response_type"] == "code", fields["client_id"] == "app",
      fields["code_challenge_method"] == "S256", let challenge = fields["code_challenge"],
      let redirect = fields["redirect_uri"]
    else { return HTTPResponse(status: 400) }
    let code = "c0de-\(state.codes.count + 1)"
    state.codes[code] = challenge
    let target = "\(redirect)?code=\(code)&state=\(fields["state"] ?? "")"
    return HTTPResponse(status: 302, headers: ["Location": target])
  }

  private static func token(_ request: HTTPRequest, _ state: inout State) -> HTTPResponse {
    if case .page = state.mood {
      let page = "<!doctype html><title>Sign in</title><p>\(clientSecret)</p>"
      return HTTPResponse(
        status: 200,
        headers: ["Content-Type": "text/html"],
        body: Array(page.utf8)
      )
    }
    let fields = fields(String(decoding: request.body, as: UTF8.self)[...])
    let challenge = state.codes.removeValue(forKey: fields["code"] ?? "")
    let proof = Base64.encodeURL(SHA256.digest(Array((fields["code_verifier"] ?? "").utf8)))
    let isRefresh = state.refresh.remove(fields["refresh_token"] ?? "") != nil
    if case .revoked = state.mood { return refusal }
    guard fields["client_secret"] == clientSecret, challenge == proof || isRefresh else {
      return refusal
    }
    state.grants.append(fields["grant_type"] ?? "")
    let number = state.grants.count
    state.accepted.insert("access-\(number)")
    state.refresh.insert("refresh-\(number)")
    return json(
      200,
      [
        "access_token": .string("access-\(number)"),
        "refresh_token": .string("refresh-\(number)"), "expires_in": 3600,
      ]
    )
  }

  private static let refusal = json(400, ["error": "invalid_grant"])

  private static func me(_ request: HTTPRequest, _ state: inout State) -> HTTPResponse {
    let token = (request.headers["Authorization"] ?? "").dropFirst("Bearer ".count)
    guard state.accepted.contains(String(token)) else { return HTTPResponse(status: 401) }
    switch state.mood {
    case .refusing: return HTTPResponse(status: 403)
    case .moved(let address): return HTTPResponse(status: 302, headers: ["Location": address])
    case .usual, .revoked, .page:
      state.calls += 1
      return json(200, ["name": "ann"])
    }
  }

  private static func fields(_ text: Substring) -> [String: String] {
    Dictionary(QueryItem.parse(text).map { ($0.name, $0.value) }) { $1 }
  }

  private static func json(_ status: Int, _ body: JSON) -> HTTPResponse {
    HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: body.bytes)
  }

  // MARK: Connector

  /// Writes a connector whose connections sign in here, with an operation that tests them.
  func writeConnector(to place: Workplace) throws {
    let base = "http://\(server.address)"
    let me: JSON = [
      "operationId": "Me", "summary": "Me", "parameters": [],
      "responses": ["200": ["description": "OK", "schema": ["type": "object"]]],
    ]
    try place.write(
      [
        "swagger": "2.0", "info": ["title": "Mail", "version": "1"],
        "host": .string("\(server.address)"), "basePath": "/", "schemes": ["http"],
        "paths": ["/me": ["get": me]],
        "x-ms-capabilities": ["testConnection": ["operationId": "Me", "parameters": [:]]],
      ],
      to: "definitions/mail/apiDefinition.swagger.json"
    )
    let settings: JSON = [
      "identityProvider": "oauth2", "clientId": "placeholder", "scopes": ["read"],
      "customParameters": [
        "authorizationUrl": ["value": .string(base + "/authorize")],
        "tokenUrl": ["value": .string(base + "/token")],
      ],
    ]
    try place.write(
      [
        "properties": [
          "connectionParameters": ["token": ["type": "oauthSetting", "oAuthSettings": settings]]
        ]
      ],
      to: "definitions/mail/apiProperties.json"
    )
  }
}
