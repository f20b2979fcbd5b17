import Connectors
import Definitions
import OrderedJSON

/// The connectors of the service that simulated flows call: with a key, and with a token.
enum ServiceConnector {
  static let name = "service"
  static let host = "api.service.example"
  static let signedName = "signed"
  static let signedHost = "signed.service.example"
  /// Makes a step's repetitions known to the service, together with the time of the first request.
  static let keyHeader = "Repeatability-Request-ID"
  static let dateHeader = "Repeatability-First-Sent"

  static let connector = decoded(name, definition(host), runtime)
  static let signedConnector = decoded(signedName, definition(signedHost), signedRuntime)

  private static func decoded(_ name: String, _ definition: JSON, _ runtime: JSON) -> Connector? {
    func file(_ path: String, _ document: JSON) -> ConnectorFiles.File {
      ConnectorFiles.File(path: path, bytes: document.bytes)
    }
    let files = ConnectorFiles(
      name: name,
      definition: file("apiDefinition.swagger.json", definition),
      properties: file("apiProperties.json", properties),
      runtime: file("runtime.json", runtime)
    )
    return ConnectorDecoder.decode(files).connector
  }

  private static func operation(_ id: String) -> JSON {
    [
      "operationId": .string(id),
      "parameters": [["name": "value", "in": "query", "type": "string"]],
      "responses": ["200": ["description": "done", "schema": ["type": "object"]]],
    ]
  }

  private static func definition(_ host: String) -> JSON {
    var list = operation("List").objectValue ?? JSONObject()
    list["x-ms-pageable"] = ["nextLinkName": "nextLink"]
    return [
      "swagger": "2.0", "info": ["title": "Service", "version": "1"], "host": .string(host),
      "basePath": "/", "schemes": ["https"], "consumes": ["application/json"],
      "produces": ["application/json"],
      "securityDefinitions": ["key": ["type": "apiKey", "in": "header", "name": "X-Key"]],
      "paths": [
        "/create": ["post": operation("Create")], "/read": ["get": operation("Read")],
        "/secure": ["post": operation("Secure")], "/list": ["get": .object(list)],
      ],
    ]
  }

  private static let properties: JSON = [
    "properties": [
      "connectionParameters": [
        "api_key": ["type": "securestring", "uiDefinition": ["displayName": "Key"]]
      ]
    ]
  ]

  private static let runtime: JSON = [
    "idempotencyHeader": .string(keyHeader), "secrets": ["Secure": ["body/token"]],
  ]

  private static let signedRuntime: JSON = [
    "idempotencyHeader": .string(keyHeader), "secrets": ["Secure": ["body/token"]],
    "parameterSets": [
      [
        "name": "client",
        "token": [
          "grant": "client-credentials",
          "tokenUrl": .string("https://\(SimulatedIssuer.host)/token"),
        ],
        "parameters": [
          "clientId": ["type": "string"], "clientSecret": ["type": "securestring"],
        ],
      ]
    ],
  ]
}
