import Fixtures
import OrderedJSON
import Testing

/// The connectors for chat and rooms, run by the built program against the sandbox.
@Suite struct ChatAndRoomsTests {
  /// Runs a flow to its end; its inputs, if any, are in `input.json`.
  private func run(_ flow: String, _ place: Workplace, succeeds: Bool = true, input: JSON? = nil)
    async throws -> JSON
  {
    var arguments = ["run", "start", flow, "--sandbox", "--output", "json"]
    if let input {
      try place.write(input, to: "input.json")
      arguments += ["--input", "input.json"]
    }
    let outcome = try await place.start(arguments).end()
    #expect(outcome.exitCode == (succeeds ? 0 : 1), "\(outcome.output)\(outcome.errors)")
    return try JSON(parsing: outcome.output)
  }

  /// A project with a connector and a flow that calls each of its operations.
  private func project(_ name: String) throws -> Workplace {
    let place = try Workplace(hasAllConnections: true)
    for file in ["apiDefinition.swagger.json", "apiProperties.json", "runtime.json"] {
      let path = "definitions/azure-communication-\(name)/\(file)"
      try place.write(JSON(parsing: Fixtures.sample(path)), to: path)
    }
    try place.write(
      Fixtures.json("WeirTests/Data/communication/\(name).json"),
      to: "flows/all.json"
    )
    return place
  }

  private func value(_ output: String, of run: JSON) -> JSON? {
    run["outputs"]?[output]?["value"]
  }

  private func action(_ name: String, of run: JSON) throws -> JSON {
    let actions = run["actions"]?.arrayValue ?? []
    return try #require(actions.first { $0["name"]?.stringValue == name }, "\(run.prettyText)")
  }

  @Test(arguments: ["chat", "rooms"])
  func `the flow of the test calls every operation of the connector`(_ name: String) throws {
    let path = "definitions/azure-communication-\(name)/apiDefinition.swagger.json"
    let definition = try JSON(parsing: Fixtures.sample(path))
    let items = definition["paths"]?.objectValue?.members.map(\.value) ?? []
    let ids = items.flatMap { $0.objectValue?.members ?? [] }.compactMap {
      $0.value["operationId"]?.stringValue
    }
    let flow = try Fixtures.json("WeirTests/Data/communication/\(name).json")
    let actions = flow["definition"]?["actions"]?.objectValue?.members ?? []
    let called = actions.compactMap { $0.value["inputs"]?["host"]?["operationId"]?.stringValue }
    #expect(ids.count > 6)
    #expect(Set(ids).isSubset(of: Set(called)))
  }

  @Test func `every operation of the chat connector does what it says`() async throws {
    let place = try project("chat")
    let run = try await run("all", place)
    #expect(run["status"] == "Succeeded")
    #expect(value("threads", of: run) == 1)
    #expect(value("invalid", of: run) == [])
    #expect(value("message", of: run) == ["message": "good bye"])
    #expect(value("messages", of: run) == 3)
    #expect(value("receipts", of: run) == 1)
    #expect(value("topic", of: run) == "Order 1043")
  }

  @Test func `a token that was issued earlier is nowhere in the history`() async throws {
    let place = try project("chat")
    let run = try await run("all", place)
    // Every token is a JWT, whose header begins like this.
    #expect(!run.text.contains("eyJ"))
    #expect(try !place.dataHolds("eyJ"))
    #expect(try action("Create_thread", of: run)["inputs"] == "*sanitized*")
    #expect(try action("Create_thread", of: run)["outputs"]?["statusCode"] == 201)
  }

  @Test func `a token that a flow names itself is masked, and the rest is shown`() async throws {
    let place = try project("chat")
    let flow: JSON = [
      "triggers": ["manual": ["type": "Request", "kind": "Http"]],
      "actions": [
        "List": [
          "type": "OpenApiConnection",
          "inputs": [
            "host": ["connectionName": "chat", "operationId": "ListChatThreads"],
            "parameters": ["Access-Token": "my.own.token", "maxPageSize": 2],
          ],
        ]
      ],
    ]
    try place.write(flow, to: "flows/literal.json")
    let run = try await run("literal", place, succeeds: false)
    #expect(!run.text.contains("my.own.token"))
    let list = try action("List", of: run)
    #expect(
      list["inputs"]?["parameters"] == ["Access-Token": "*sanitized*", "maxPageSize": 2]
    )
    #expect(list["outputs"]?["statusCode"] == 401)
    let told = try await place.weir("run", "start", "literal", "--sandbox")
    #expect(told.exitCode == 1)
    #expect(told.output.contains("the one of this step may have expired or been revoked"))
  }

  @Test func `every operation of the rooms connector does what it says`() async throws {
    let run = try await run("all", project("rooms"))
    #expect(run["status"] == "Succeeded")
    #expect(value("rooms", of: run) == 1)
    #expect(value("isUpdated", of: run) == true)
    #expect(
      value("participants", of: run) == [
        ["rawId": "8:orgid:b", "role": "Attendee"], ["rawId": "8:orgid:c", "role": "Consumer"],
      ]
    )
  }

  @Test func `a sweep revokes the tokens of all users and reports those it could not`()
    async throws
  {
    let place = try Workplace()
    let path = "flows/nightly-token-sweep.json"
    try place.write(JSON(parsing: Fixtures.sample(path)), to: path)
    let input: JSON = ["samples": 12, "users": ["8:acs:unknown"]]
    let run = try await run("nightly-token-sweep", place, input: input)
    #expect(run["status"] == "Succeeded")
    #expect(value("revoked", of: run) == 12)
    #expect(value("failed", of: run) == [["user": "8:acs:unknown", "code": "IdentityNotOwned"]])
    let nothing = try await self.run("nightly-token-sweep", place)
    #expect(value("revoked", of: nothing) == 0)
  }
}
