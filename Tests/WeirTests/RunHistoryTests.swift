import OrderedJSON
import Testing

/// How stored runs are found, looked at and removed.
@Suite struct RunHistoryTests {
  @Test func `runs are found by flow, status, age and number`() async throws {
    let place = try await history()
    #expect(try await flows(place) == ["refuse", "greet", "greet"])
    #expect(try await flows(place, "--flow", "greet") == ["greet", "greet"])
    #expect(try await flows(place, "--status", "Failed") == ["refuse"])
    #expect(try await flows(place, "--status", "failed", "--status", "Succeeded").count == 3)
    #expect(try await flows(place, "--limit", "1") == ["refuse"])
    #expect(try await flows(place, "--since", "1h").count == 3)
    #expect(try await flows(place, "--until", "1h") == [])
    #expect(try await flows(place, "--since", "2100-01-01T00:00:00Z") == [])
  }

  @Test func `a list shows what a script needs`() async throws {
    let place = try await history()
    let list = try JSON(parsing: try await place.weir("run", "list", "--output", "json").output)
    let row: JSON = [
      "$exactly": true, "id": "$string", "flow": "refuse", "status": "Failed",
      "code": "OutOfStock", "error": ["code": "OutOfStock", "message": "nothing is left"],
      "startTime": "$time", "endTime": "$time", "parent": nil,
      "trigger": ["name": "manual", "type": "Request"], "interrupted": false,
    ]
    #expect(JSONPattern.differences(list[0], row).isEmpty)
  }

  @Test func `a run is shown by the end of its id, an action by its name`() async throws {
    let place = try await history()
    let id = try #require(try await list(place).last?["id"]?.stringValue)
    let shown = try await place.weir("run", "show", id, "--output", "json")
    let document = try JSON(parsing: shown.output)
    #expect(document["flow"] == "greet")
    let short = try await place.weir("run", "show", String(id.suffix(10)), "--output", "json")
    #expect(try JSON(parsing: short.output) == document)
    let action = try await place.weir("run", "show", id, "--action", "GREET", "--output", "json")
    #expect(try JSON(parsing: action.output) == document["actions"]?[0])
    let missing = try await place.weir("run", "show", id, "--action", "Great")
    #expect(missing.exitCode == 4)
    #expect(missing.errors.contains("the run has no action 'Great' so far"))
  }

  @Test func `old runs are purged, young ones are not`() async throws {
    let place = try await history()
    #expect(try await place.weir("admin", "purge").exitCode == 2)
    let young = try await place.weir("admin", "purge", "--older-than", "1h")
    #expect(young.output == "0 runs and 0 events of triggers deleted\n")
    let dry = try await place.weir("admin", "purge", "--older-than", "0s", "--dry-run")
    #expect(dry.output == "3 runs would be deleted\n")
    let refused = try await place.weir(
      "admin",
      "purge",
      "--older-than",
      "0s",
      "--flow",
      "refuse",
      "--output",
      "json"
    )
    #expect(try JSON(parsing: refused.output) == ["runs": 1, "events": 0])
    #expect(try await flows(place) == ["greet", "greet"])
  }

  @Test func `a run that ended can be waited for and deleted`() async throws {
    let place = try await history()
    let id = try #require(try await list(place).first?["id"]?.stringValue)
    #expect(try await place.weir("run", "wait", id).exitCode == 1)
    let deleted = try await place.weir("run", "delete", id, "--output", "json")
    #expect(try JSON(parsing: deleted.output) == [.string(id)])
    #expect(try await place.weir("run", "show", id).exitCode == 4)
    #expect(try await flows(place) == ["greet", "greet"])
  }

  @Test func `a detached run is finished by who waits for it`() async throws {
    let place = try await history()
    let arguments = ["run", "start", "onboard-user", "--sandbox", "--detach", "--output", "json"]
    let detached = try await place.start(arguments).end()
    #expect(detached.exitCode == 0, "\(detached.errors)")
    let id = try #require(JSON(parsing: detached.output)["id"]?.stringValue)
    let refused = try await place.weir("run", "delete", id)
    #expect(refused.exitCode == 1)
    #expect(refused.errors.contains("has not ended"))
    let waited = try await place.weir("run", "wait", id, "--sandbox")
    #expect(waited.exitCode == 0, "\(waited.output)\(waited.errors)")
  }

  /// Two runs that succeeded and, last, one that failed.
  private func history() async throws -> Workplace {
    let place = try Workplace()
    try place.write(Self.flow("Greet", "Compose", "hello"), to: "flows/greet.json")
    let error: JSON = ["code": "OutOfStock", "message": "nothing is left"]
    let inputs: JSON = ["runStatus": "Failed", "runError": error]
    try place.write(Self.flow("Stop", "Terminate", inputs), to: "flows/refuse.json")
    for (flow, code) in [("greet", 0), ("greet", 0), ("refuse", 1)] {
      #expect(try await place.weir("run", "start", flow).exitCode == Int32(code))
    }
    return place
  }

  private static func flow(_ action: String, _ type: String, _ inputs: JSON) -> JSON {
    let definition: JSON = ["type": .string(type), "inputs": inputs]
    let actions = JSONObject([(action, definition)])
    let triggers: JSON = ["manual": ["type": "Request"]]
    return ["definition": ["triggers": triggers, "actions": .object(actions)]]
  }

  private func list(_ place: Workplace, _ options: [String] = []) async throws -> [JSON] {
    let outcome = try await place.start(["run", "list", "--output", "json"] + options).end()
    return try #require(JSON(parsing: outcome.output).arrayValue)
  }

  private func flows(_ place: Workplace, _ options: String...) async throws -> [String] {
    try await list(place, options).compactMap { $0["flow"]?.stringValue }
  }
}
