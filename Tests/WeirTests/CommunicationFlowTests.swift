import OrderedJSON
import Testing

/// The samples for mail and phone numbers, run by the built program against the sandbox.
@Suite struct CommunicationFlowTests {
  private func document(_ outcome: WeirProcess.Outcome) throws -> JSON {
    try #require(try? JSON(parsing: outcome.output), "\(outcome.output)\(outcome.errors)")
  }

  private func action(_ name: String, of run: JSON) -> JSON? {
    run["actions"]?.arrayValue?.first { $0["name"]?.stringValue == name }
  }

  @Test func `mail before the link fails, and the flow says what to do`() async throws {
    let place = try Workplace()
    try place.addSamples()
    let outcome = try await place.weir(
      "run",
      "start",
      "send-before-link",
      "--sandbox",
      "--output",
      "json"
    )
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let run = try document(outcome)
    let send = action("Send_mail", of: run)
    #expect(send?["status"] == "Failed")
    #expect(send?["outputs"]?["statusCode"] == 404)
    #expect(send?["error"]?["code"] == "DomainNotLinked")
    let result = run["outputs"]?["result"]?["value"]
    #expect(result?["sent"] == false)
    #expect(result?["next"]?.stringValue?.contains("'mail.example.org'") == true)
  }

  @Test func `unused numbers are released, used and kept ones stay`() async throws {
    let place = try Workplace()
    try place.addSamples()
    let sandbox = try await SandboxServer(in: place)
    try place.write(Self.purchase, to: "flows/buy.json")
    let bought = try document(
      try await place.weir(
        "run",
        "start",
        "buy",
        "--output",
        "json",
        environment: sandbox.environment
      )
    )
    let numbers = bought["outputs"]?["idle"]?["value"]?.arrayValue
    let idle = try #require(numbers, "\(bought.prettyText)")
    #expect(idle.count == 3)
    try place.write(["keep": [idle[0]]], to: "keep.json")
    let outcome = try await place.weir(
      "run",
      "start",
      "release-unused-numbers",
      "--input",
      "keep.json",
      "--output",
      "json",
      environment: sandbox.environment
    )
    #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")
    let outputs = try document(outcome)["outputs"]
    let released = outputs?["released"]?["value"]?.arrayValue?.compactMap(\.stringValue) ?? []
    #expect(Set(released) == Set(idle.dropFirst().compactMap(\.stringValue)))
    #expect(outputs?["kept"]?["value"] == 2)
    _ = try await sandbox.stop()
  }

  /// Buys three numbers that do nothing and one that calls.
  private static let purchase: JSON = {
    func search(_ calling: String, _ quantity: Int64, after: JSONObject) -> JSON {
      let parameters: JSON = [
        "countryCode": "US", "body/phoneNumberType": "tollFree",
        "body/assignmentType": "application", "body/capabilities/calling": .string(calling),
        "body/capabilities/sms": "none", "body/quantity": .integer(quantity),
      ]
      return call("SearchAvailablePhoneNumbers", parameters, after: after)
    }
    func call(_ operation: String, _ parameters: JSON, after: JSONObject) -> JSON {
      [
        "type": "OpenApiConnection", "runAfter": .object(after),
        "inputs": [
          "host": ["connectionName": "numbers", "operationId": .string(operation)],
          "parameters": parameters,
        ],
      ]
    }
    func buy(_ search: String) -> JSON {
      let id = JSON.string("@body('\(search)')?['searchId']")
      return call("PurchasePhoneNumbers", ["body/searchId": id], after: [search: ["Succeeded"]])
    }
    return [
      "definition": [
        "triggers": ["manual": ["type": "Request"]],
        "actions": [
          "Search_idle": search("none", 3, after: [:]), "Buy_idle": buy("Search_idle"),
          "Search_used": search("inbound", 1, after: ["Buy_idle": ["Succeeded"]]),
          "Buy_used": buy("Search_used"),
        ],
        "outputs": [
          "idle": ["type": "Array", "value": "@body('Search_idle')?['phoneNumbers']"]
        ],
      ]
    ]
  }()
}
