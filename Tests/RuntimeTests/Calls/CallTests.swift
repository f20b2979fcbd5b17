import Connectors
import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Testing
import Timekeeping

@Suite struct CallTests {
  @Test(arguments: try CallCase.all())
  func `a call sends what the fixture says`(_ test: CallCase) throws {
    let answers = test.answers
    let world = CallWorld(connector: try CallWorld.connector(test.document)) { _, number in
      .respond(answers[min(number, answers.count) - 1])
    }
    let state = try world.run(CallWorld.flow(test.document["action"] ?? .null))
    let action = RunView.document(state)["actions"]?[0]
    #expect(test.differences(of: world.transport.requests) == [])
    #expect(action?["status"] == test.document["status"], "\(action?.text ?? "")")
    if let body = test.document["body"] { #expect(action?["outputs"]?["body"] == body) }
    if let message = test.document["message"]?.stringValue {
      #expect(action?["error"]?["message"]?.stringValue?.contains(message) == true)
    }
    #expect(!RunView.document(state).text.contains("k-123"))
  }

  @Test func `retries carry the same key and other steps another one`() throws {
    let connector = try CallWorld.connector([
      "paths": ["/a": ["post": ["operationId": "A"]]],
      "runtime": ["idempotencyHeader": "Operation-Id"],
    ])
    let world = CallWorld(connector: connector) { _, number in
      .respond(HTTPResponse(status: number % 2 == 1 ? 503 : 200))
    }
    let call: JSON = [
      "type": "OpenApiConnection",
      "inputs": ["host": ["connectionName": "c", "operationId": "A"]],
    ]
    let loop: JSON = [
      "type": "Foreach", "foreach": [1, 2], "actions": ["Each": call],
      "runtimeConfiguration": ["concurrency": ["repetitions": 1]],
    ]
    #expect(try world.run(CallWorld.flow(loop)).status == .succeeded)
    let keys = world.transport.requests.map { $0.headers["Operation-Id"] ?? "" }
    #expect(keys.count == 4 && keys[0] == keys[1] && keys[2] == keys[3] && keys[0] != keys[2])
    let parts = keys[0].split(separator: "-").map(\.count)
    #expect(parts == [8, 4, 4, 4, 12] && keys[0].dropFirst(14).first == "8")
  }

  @Test func `retries tell when the first request left, after its wait at the gate`() throws {
    let connector = try CallWorld.connector([
      "paths": ["/a": ["post": ["operationId": "A"]]],
      "runtime": [
        "idempotencyHeader": "repeatability-request-id",
        "throttling": ["calls": 1, "renewalPeriod": 600],
      ],
    ])
    let world = CallWorld(connector: connector) { _, number in
      .respond(HTTPResponse(status: number == 2 ? 503 : 200))
    }
    let call: JSON = [
      "type": "OpenApiConnection",
      "inputs": ["host": ["connectionName": "c", "operationId": "A"]],
    ]
    let loop: JSON = ["type": "Foreach", "foreach": [1, 2], "actions": ["Each": call]]
    let start = world.environment.clock.now()
    #expect(try world.run(CallWorld.flow(loop)).status == .succeeded)
    let dates = world.transport.requests.map { $0.headers["Repeatability-First-Sent"] ?? "" }
    #expect(dates.count == 3 && dates[1] == dates[2])
    let times = try dates.map { try #require(HTTPDate.timestamp($0)) - start }
    #expect(times[0] < .seconds(2) && (.seconds(600) ... .seconds(602)).contains(times[1]))
  }

  @Test func `a key and a date that the flow gives are left alone`() throws {
    let header: (String) -> JSON = { ["name": .string($0), "in": "header", "type": "string"] }
    let (key, date) = ("Repeatability-Request-ID", "Repeatability-First-Sent")
    let connector = try CallWorld.connector([
      "paths": ["/a": ["post": ["operationId": "A", "parameters": [header(key), header(date)]]]],
      "runtime": ["idempotencyHeader": .string(key)],
    ])
    let world = CallWorld(connector: connector) { _, _ in .respond(HTTPResponse(status: 200)) }
    let parameters: JSON = [key: "own", date: "Fri, 20 Nov 2026 21:15:00 GMT"]
    let call: JSON = [
      "type": "OpenApiConnection",
      "inputs": [
        "host": ["connectionName": "c", "operationId": "A"], "parameters": parameters,
      ],
    ]
    #expect(try world.run(CallWorld.flow(call)).status == .succeeded)
    #expect(world.transport.requests[0].headers[key] == "own")
    #expect(world.transport.requests[0].headers[date] == "Fri, 20 Nov 2026 21:15:00 GMT")
  }

  @Test func `each item of a body has a key and a date that every retry repeats`() throws {
    let body: JSON = ["name": "body", "in": "body", "schema": ["type": "object"]]
    let connector = try CallWorld.connector([
      "paths": ["/a": ["post": ["operationId": "A", "parameters": [body]]]],
      "runtime": [
        "idempotencyItems": [
          "A": ["items": "body/to/*", "key": "id", "firstSent": "since"]
        ]
      ],
    ])
    let world = CallWorld(connector: connector) { _, number in
      .respond(HTTPResponse(status: number == 1 ? 503 : 200))
    }
    let call: JSON = [
      "type": "OpenApiConnection",
      "inputs": [
        "host": ["connectionName": "c", "operationId": "A"],
        "parameters": ["body": ["to": [["n": 1], ["n": 2], ["n": 3, "id": "own"]]]],
      ],
    ]
    #expect(try world.run(CallWorld.flow(call)).status == .succeeded)
    let bodies = world.transport.requests.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies.count == 2 && bodies[0] == bodies[1])
    let items = try JSON(parsing: Array(bodies[0].utf8))["to"]?.arrayValue ?? []
    #expect(items[0]["id"]?.stringValue?.count == 36 && items[0]["id"] != items[1]["id"])
    #expect(items[0]["since"] == items[1]["since"] && items[0]["since"] != nil)
    #expect(items[2] == ["n": 3, "id": "own"])
  }

  @Test func `a question about a status carries no key`() throws {
    let connector = try CallWorld.connector([
      "paths": ["/a": ["post": ["operationId": "A", "x-ms-long-running-operation": true]]],
      "runtime": ["idempotencyHeader": "Operation-Id"],
    ])
    let world = CallWorld(connector: connector) { _, number in
      number == 1
        ? .respond(HTTPResponse(status: 202, headers: ["Operation-Location": "/jobs/7"]))
        : .respond(HTTPResponse(status: 200, body: Array(#"{"status":"Succeeded"}"#.utf8)))
    }
    let call: JSON = [
      "type": "OpenApiConnection",
      "inputs": ["host": ["connectionName": "c", "operationId": "A"]],
    ]
    #expect(try world.run(CallWorld.flow(call)).status == .succeeded)
    let keys = world.transport.requests.map { $0.headers["Operation-Id"] }
    #expect(keys.count == 2 && keys[0] != nil && keys[1] == nil)
  }

  @Test func `tokens are kept until they expire, and one is asked for at a time`() throws {
    let connector = try CallWorld.connector([
      "paths": ["/a": ["get": ["operationId": "A"]]],
      "runtime": [
        "tokens": ["t": ["request": ["url": "https://login.example.com/token"]]],
        "scripts": [
          "A": [
            "token": "t",
            "request": ["headers": ["Authorization": "Bearer @{body('token')['access_token']}"]],
          ]
        ],
      ],
      "properties": ["scriptOperations": ["A"]],
    ])
    let token: JSON = ["access_token": "t-1", "expires_in": 3600]
    let world = CallWorld(connector: connector) { request, _ in
      request.host == "login.example.com"
        ? .respond(IdentityService.json(200, token), after: .seconds(1))
        : .respond(HTTPResponse(status: 200))
    }
    let call: JSON = [
      "type": "OpenApiConnection",
      "inputs": ["host": ["connectionName": "c", "operationId": "A"]],
    ]
    let loop: JSON = ["type": "Foreach", "foreach": [1, 2, 3, 4], "actions": ["Each": call]]
    #expect(try world.run(CallWorld.flow(loop)).status == .succeeded)
    #expect(world.transport.requests.count { $0.host == "login.example.com" } == 1)
    #expect(world.transport.requests.last?.headers["Authorization"] == "Bearer t-1")
  }
}
