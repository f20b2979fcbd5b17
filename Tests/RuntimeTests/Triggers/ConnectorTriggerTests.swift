import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Testing
import Timekeeping

/// Triggers of connectors, each as its operation and its policies say.
@Suite struct ConnectorTriggerTests {
  private static func connector() throws -> Connector {
    let definition = """
      {"swagger": "2.0", "info": {"title": "Sample", "version": "1"}, "host": "api.example.com",
       "basePath": "/", "schemes": ["https"], "paths": {
        "/items": {"get": {"operationId": "Items", "x-ms-trigger": "batch", "parameters": [
          {"name": "since", "in": "query", "type": "string"}], "responses": {"200": {"description": ""}}}},
        "/hooks": {"post": {"operationId": "Hook", "x-ms-trigger": "single", "parameters": [
          {"name": "body", "in": "body", "schema": {"type": "object", "properties": {
            "url": {"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"},
            "kind": {"type": "string"}}}}], "responses": {"201": {"description": ""}}}}}}
      """
    let properties = """
      {"properties": {"connectionParameters": {}, "policyTemplateInstances": [
        {"templateId": "pollingtrigger", "title": "t", "parameters": {
          "x-ms-apimTemplate-operationName": ["Items"],
          "x-ms-apimTemplateParameter.triggerConfig": {"since": "@{triggerBody().list[0].at}"},
          "x-ms-apimTemplateParameter.triggerDataPath": "@triggerBody().list"}}]}}
      """
    func file(_ name: String, _ text: String) -> ConnectorFiles.File {
      ConnectorFiles.File(path: name, bytes: Array(text.utf8))
    }
    let files = ConnectorFiles(
      name: "sample",
      definition: file("apiDefinition.swagger.json", definition),
      properties: file("apiProperties.json", properties)
    )
    return try #require(ConnectorDecoder.decode(files).connector)
  }

  private static func flow(_ type: String, _ operation: String, _ parameters: JSON) -> JSON {
    IntakeWorld.flow([
      "type": .string(type), "recurrence": ["frequency": "Minute", "interval": 5],
      "inputs": [
        "host": ["connectionName": "c", "operationId": .string(operation)],
        "parameters": parameters,
      ],
    ])
  }

  private static func json(_ status: Int, _ body: JSON, _ headers: HTTPFields = HTTPFields())
    -> ScriptedAnswer
  {
    var response = HTTPResponse(status: status, headers: headers, body: body.bytes)
    response.headers["Content-Type"] = "application/json"
    return .respond(response)
  }

  @Test func `a polling policy remembers where it was, across a restart`() throws {
    let answers: [JSON] = [
      ["list": [["at": "1"]]], ["list": []], ["list": [["at": "3"], ["at": "2"]]], ["list": []],
    ]
    let world = IntakeWorld { _, number in Self.json(200, answers[number - 1]) }
    let flow = Self.flow("OpenApiConnection", "Items", [:])
    let (history, bodies) = try world.run {
      let connector = try Self.connector()
      let first = await ActiveBench(
        try await world.server(["f": flow], as: "first"),
        connector: connector
      )
      try await first.rounds(2)
      let second = await ActiveBench(
        try await world.server(["f": flow], as: "second"),
        connector: connector
      )
      try await second.rounds(2)
      let codes = try await second.server.history().map { $0.split(separator: " ")[1] }
      return (codes.map(String.init), try await second.server.bodies())
    }
    #expect(
      world.base.transport.requests.map(\.target)
        == ["/items", "/items?since=1", "/items?since=1", "/items?since=3"]
    )
    #expect(history.count { $0 == "Succeeded" } == 2)
    #expect(history.count { $0 == "Skipped" } == 3)
    #expect(Set(bodies) == [["at": "3"], ["at": "2"]])
  }

  @Test func `a subscription of a connector is ended at its Location`() throws {
    let world = IntakeWorld { request, _ in
      request.method == "DELETE"
        ? .respond(HTTPResponse(status: 204)) : Self.json(201, [:], ["Location": "/hooks/7"])
    }
    let flow = Self.flow("OpenApiConnectionWebhook", "Hook", ["body/kind": "a"])
    let (status, bodies) = try world.run {
      let bench = await ActiveBench(
        try await world.server(["f": flow]),
        connector: try Self.connector()
      )
      try await bench.rounds(1)
      let sent = try JSON(parsing: world.base.transport.requests.first?.body ?? [])
      #expect(sent["kind"] == "a")
      let address = try #require(sent["url"]?.stringValue)
      let status = try await bench.desk.send(address, ["n": 1]).status
      try await bench.leave()
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(1))
      return (status, try await bench.server.bodies())
    }
    #expect(status == 202)
    #expect(bodies == [["n": 1]])
    let requests = world.base.transport.requests.map { "\($0.method) \($0.target)" }
    #expect(requests == ["POST /hooks", "DELETE /hooks/7"])
  }
}
