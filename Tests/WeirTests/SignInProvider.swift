import HTTPMessages
import HTTPServer
import OrderedJSON
import Synchronization

/// An identity provider and a service that trusts it, on this machine.
final class SignInProvider: Sendable {
  static let clientSecret = "app-s3cret"

  private struct State {
    var grants: [String] = []
    var accepted = ""
    var refresh = ""
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
      switch request.path {
      case "/token": Self.token(request, memory)
      case "/me": Self.me(request, memory)
      default: HTTPResponse(status: 404)
      }
    }
  }

  /// The kinds of requests for tokens so far.
  var grants: [String] { memory.state.withLock { $0.grants } }

  /// The service accepts the last token no more.
  func expire() { memory.state.withLock { $0.accepted = "" } }

  func stop() async { await server.stop(within: .zero) }

  private static func token(_ request: HTTPRequest, _ memory: Memory) -> HTTPResponse {
    let fields = Dictionary(
      String(decoding: request.body, as: UTF8.self).split(separator: "&").map { pair in
        let parts = pair.split(separator: "=", maxSplits: 1)
        return (String(parts[0]), parts.count > 1 ? PercentEncoding.decode(parts[1]) : "")
      }
    ) { $1 }
    return memory.state.withLock { state in
      let isCode = fields["code"] == "c0de" && (fields["code_verifier"] ?? "").count == 43
      let isRefresh = !state.refresh.isEmpty && fields["refresh_token"] == state.refresh
      guard fields["client_secret"] == clientSecret, isCode || isRefresh else {
        return json(400, ["error": "invalid_grant"])
      }
      state.grants.append(fields["grant_type"] ?? "")
      let number = state.grants.count
      state.accepted = "access-\(number)"
      state.refresh = "refresh-\(number)"
      return json(
        200,
        [
          "access_token": .string(state.accepted), "refresh_token": .string(state.refresh),
          "expires_in": 3600,
        ]
      )
    }
  }

  private static func me(_ request: HTTPRequest, _ memory: Memory) -> HTTPResponse {
    let isKnown = memory.state.withLock {
      !$0.accepted.isEmpty && request.headers["Authorization"] == "Bearer \($0.accepted)"
    }
    return isKnown ? json(200, ["name": "ann"]) : HTTPResponse(status: 401)
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
