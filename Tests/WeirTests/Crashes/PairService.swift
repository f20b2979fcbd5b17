import HTTPMessages
import HTTPServer
import OrderedJSON
import Synchronization

/// A service whose connections have two values, and which notes those of its last caller.
final class PairService: Sendable {
  private let server: HTTPServer
  private let seen: Seen

  private final class Seen: Sendable {
    let pair = Mutex<[String]>([])
  }

  init(for place: Workplace) throws {
    let seen = Seen()
    self.seen = seen
    server = try HTTPServer(on: ListenAddress(host: "127.0.0.1", port: 0)) { request, _ in
      seen.pair.withLock { pair in
        pair = ["X-Key", "X-Account"].map { request.headers[$0] ?? "" }
      }
      return HTTPResponse(
        status: 200,
        headers: ["Content-Type": "application/json"],
        body: Array("{}".utf8)
      )
    }
    try writeConnector(to: place)
  }

  /// The key and the account that the last caller had.
  var latest: [String] { seen.pair.withLock { $0 } }

  func stop() async { await server.stop(within: .zero) }

  /// Values that belong together.
  static func pair(_ number: Int) -> [String] { ["key-\(number)", "account-\(number)"] }

  /// The same as words of a command.
  static func words(_ number: Int) -> [String] {
    ["--parameter", "api_key=key-\(number)", "--parameter", "account=account-\(number)"]
  }

  private func writeConnector(to place: Workplace) throws {
    let me: JSON = [
      "operationId": "Me", "summary": "Me", "parameters": [],
      "responses": ["200": ["description": "OK", "schema": ["type": "object"]]],
    ]
    try place.write(
      [
        "swagger": "2.0", "info": ["title": "Pair", "version": "1"],
        "host": .string("\(server.address)"), "basePath": "/", "schemes": ["http"],
        "securityDefinitions": ["key": ["type": "apiKey", "in": "header", "name": "X-Key"]],
        "security": [["key": []]], "paths": ["/me": ["get": me]],
      ],
      to: "definitions/pair/apiDefinition.swagger.json"
    )
    let account: JSON = [
      "templateId": "setheader", "title": "account",
      "parameters": [
        "x-ms-apimTemplateParameter.name": "X-Account",
        "x-ms-apimTemplateParameter.value": "@connectionParameters('account')",
        "x-ms-apimTemplateParameter.existsAction": "override",
        "x-ms-apimTemplate-policySection": "Request",
      ],
    ]
    try place.write(
      [
        "properties": [
          "connectionParameters": [
            "api_key": ["type": "securestring", "uiDefinition": ["displayName": "Key"]],
            "account": ["type": "string", "uiDefinition": ["displayName": "Account"]],
          ],
          "policyTemplateInstances": .array([account]),
        ]
      ],
      to: "definitions/pair/apiProperties.json"
    )
  }
}
