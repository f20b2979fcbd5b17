import OrderedJSON

/// The description of the API, made from the table of routes that serves it.
///
/// Source: OpenAPI Specification 3.1.0.
enum OpenAPIDocument {
  static func json(of routes: [Route], version: String) -> JSON {
    [
      "openapi": "3.1.0",
      "info": [
        "title": "Weir",
        "version": .string(version),
        "description": .string(description),
      ],
      "paths": .object(paths(routes)),
      "components": [
        "schemas": .object(Schemas.all),
        "responses": [
          "Error": [
            "description": "What went wrong", "content": content("application/json", "Error"),
          ]
        ],
        "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
      ],
    ]
  }

  private static let description = """
    Flows, their runs and connections. Shaped as the management API of Azure Logic Apps. A token \
    goes in the header 'Authorization: Bearer weir_…'; its role is reader, operator, author or \
    admin, and each includes those before it.
    """

  private static func paths(_ routes: [Route]) -> JSONObject {
    var paths = JSONObject()
    for route in routes {
      var path = paths[route.pattern]?.objectValue ?? parameters(of: route)
      path[route.method.lowercased()] = operation(route)
      paths[route.pattern] = .object(path)
    }
    return paths
  }

  private static func parameters(of route: Route) -> JSONObject {
    let names = route.pattern.split(separator: "/").filter { $0.hasPrefix("{") }
      .map { String($0.dropFirst().dropLast()) }
    guard !names.isEmpty else { return JSONObject() }
    let parameters = names.map { name -> JSON in
      ["name": .string(name), "in": "path", "required": true, "schema": ["type": "string"]]
    }
    return ["parameters": .array(parameters)]
  }

  private static func operation(_ route: Route) -> JSON {
    var operation: JSONObject = [
      "operationId": .string(route.operation),
      "summary": .string(route.summary),
      "tags": [.string(route.operation.prefix { $0 != "_" }.description)],
    ]
    switch route.access {
    case .open: operation["security"] = []
    case .role(let role):
      operation["security"] = [["token": []]]
      operation["x-weir-role"] = .string(role.rawValue)
    }
    if !route.queries.isEmpty { operation["parameters"] = .array(route.queries.map(query)) }
    if let body = route.body {
      operation["requestBody"] = ["content": content("application/json", body)]
    }
    operation["responses"] = .object(responses(route))
    return .object(operation)
  }

  private static func query(_ query: Route.Query) -> JSON {
    [
      "name": .string(query.name), "in": "query", "description": .string(query.summary),
      "schema": query.schema,
    ]
  }

  private static func responses(_ route: Route) -> JSONObject {
    var responses = JSONObject()
    for answer in route.answers {
      var response: JSONObject = ["description": .string(answer.summary)]
      if let schema = answer.schema { response["content"] = content("application/json", schema) }
      if let type = answer.mediaType {
        let schema: JSON = ["schema": ["type": "string"]]
        response["content"] = .object(JSONObject([(type, schema)]))
      }
      responses[String(answer.status)] = .object(response)
    }
    responses["default"] = ["$ref": "#/components/responses/Error"]
    return responses
  }

  private static func content(_ type: String, _ schema: String) -> JSON {
    let content: JSON = ["schema": Schemas.reference(schema)]
    return .object(JSONObject([(type, content)]))
  }
}
