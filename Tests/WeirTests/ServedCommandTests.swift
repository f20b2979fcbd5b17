import OrderedJSON
import Testing

/// Commands beside a running server: it does what they ask for, and its audit says so.
@Suite struct ServedCommandTests {
  private let place: Workplace

  init() throws {
    place = try Workplace(hasFlows: false)
  }

  /// What was done, oldest first, as `action subject`.
  private func audit(_ server: FlowServer) async throws -> [String] {
    let entries = try await server.send("GET", "/api/audit").content["value"]?.arrayValue ?? []
    return entries.reversed().map { entry in
      "\(entry["action"]?.stringValue ?? "") \(entry["subject"]?.stringValue ?? "")"
    }
  }

  // MARK: Triggers

  @Test func `an event by hand is one of the server`() async throws {
    try place.addFlow("f")
    let server = try await FlowServer(in: place)
    try place.write(["n": 1], to: "body.json")
    let made = try await place.json(["trigger", "fire", "f", "--input", "body.json"])
    #expect(made["status"] == "Succeeded")
    let run = try #require(made["runs"]?[0]?.stringValue)
    let shown = try await place.json(["run", "show", run])
    #expect(shown["status"] == "Succeeded")
    #expect(shown["trigger"]?["outputs"]?["body"] == ["n": 1])
    #expect(try await audit(server).contains("trigger.run workflow/f/trigger/t"))
    #expect(try await server.stop().exitCode == 0)
  }

  @Test func `a backfill has the server make what is missing`() async throws {
    let trigger: JSON = [
      "type": "Recurrence",
      "recurrence": [
        "frequency": "Hour", "interval": 1, "startTime": "2026-01-01T00:00:00Z",
        "endTime": "2026-01-01T02:30:00Z",
      ],
    ]
    let actions: JSON = ["A": ["type": "Compose", "inputs": "@trigger()"]]
    try place.addFlow("f", trigger: trigger, actions: actions)
    let server = try await FlowServer(in: place)
    let words = [
      "trigger", "backfill", "f", "--from", "2026-01-01T00:00:00Z", "--to",
      "2026-01-01T09:00:00Z",
    ]
    let made = try await place.json(words).arrayValue ?? []
    #expect(made.map { $0["status"] } == ["Succeeded", "Succeeded", "Succeeded"])
    #expect(try await place.json(words) == [])
    let backfills = try await audit(server).filter { $0.hasPrefix("trigger.backfill") }
    #expect(backfills.count == 3)
    #expect(try await server.stop().exitCode == 0)
  }

  // MARK: Runs

  @Test func `a run is deleted by the server`() async throws {
    try place.addFlow("f")
    let server = try await FlowServer(in: place)
    let run = try #require(try await place.json(["run", "start", "f"])["id"]?.stringValue)
    #expect(try await place.json(["run", "delete", run]) == [.string(run)])
    #expect(try await server.send("GET", "/api/runs/\(run)").status == 404)
    #expect(try await audit(server).contains("run.delete run/\(run)"))
    #expect(try await server.stop().exitCode == 0)
  }

  @Test func `many runs are replayed by the server, each once, also after an interruption`()
    async throws
  {
    let end: JSON = [
      "type": "Terminate",
      "inputs": ["runStatus": "Failed", "runError": ["code": "Told", "message": "so"]],
    ]
    try place.addFlow("f", actions: ["End": end])
    let server = try await FlowServer(in: place)
    for _ in 1...6 { _ = try await place.weir("run", "start", "f") }
    let words = ["run", "resubmit", "--flow", "f", "--yes", "--rate", "4/s"]
    let first = try place.start(words)
    try await eventually { try await replays().count >= 2 }
    first.kill()
    _ = try await first.end()
    let rest = try await place.weir("run", "resubmit", "--continue")
    #expect(rest.exitCode == 1, "\(rest.errors)")
    let parents = try await replays()
    #expect(parents.count == 6 && Set(parents).count == 6)
    let begun = try await audit(server).filter { $0.hasPrefix("run.resubmit") }
    #expect(begun.count == 6)
    #expect(try await server.stop().exitCode == 0)
  }

  @Test func `nobody waits for detached replays that the server begins`() async throws {
    let wait: JSON = [
      "type": "Wait",
      "inputs": ["interval": ["count": "@triggerBody()['seconds']", "unit": "Second"]],
    ]
    try place.addFlow("f", actions: ["Wait": wait])
    try place.write(["seconds": 0], to: "now.json")
    try place.write(["seconds": 3600], to: "later.json")
    let server = try await FlowServer(in: place)
    for _ in 1...3 { _ = try await place.json(["run", "start", "f", "--input", "now.json"]) }
    var words = ["run", "resubmit", "--flow", "f", "--status", "Succeeded", "--yes"]
    words += ["--input", "later.json", "--detach"]
    let begun = try await place.start(words).end()
    #expect(begun.exitCode == 0, "\(begun.errors)")
    let runs = try await place.json(["run", "list"]).arrayValue ?? []
    let replays = runs.filter { $0["parent"]?["run"] != nil }
    #expect(Set(replays.compactMap { $0["parent"]?["run"]?.stringValue }).count == 3)
    #expect(replays.allSatisfy { ["Running", "Waiting"].contains($0["status"]?.stringValue) })
    for replay in replays {
      _ = try await place.weir("run", "cancel", replay["id"]?.stringValue ?? "")
    }
    #expect(try await server.stop().exitCode == 0)
  }

  /// The runs that were replayed, once for each replay.
  private func replays() async throws -> [String] {
    let runs = try await place.json(["run", "list", "--limit", "100"]).arrayValue ?? []
    return runs.compactMap { $0["parent"]?["run"]?.stringValue }
  }

  // MARK: Connections

  @Test func `the server uses a connection as it is at once, and its audit tells of changes`()
    async throws
  {
    let service = try PairService(for: place)
    let me: JSON = [
      "type": "OpenApiConnection",
      "inputs": ["host": ["connectionName": "pair", "operationId": "Me"]],
    ]
    try place.addFlow("f", actions: ["Me": me])
    let server = try await FlowServer(in: place)
    let create = ["connection", "create", "pair", "--connector", "pair", "--no-test"]
    _ = try await place.json(create + PairService.words(1))
    for number in 2...4 {
      let words = ["connection", "rotate", "pair", "--no-test"] + PairService.words(number)
      _ = try await place.json(words)
      #expect(try await place.json(["run", "start", "f"])["status"] == "Succeeded")
      #expect(service.latest == PairService.pair(number))
    }
    #expect(try await place.json(["connection", "share", "pair"])["shared"] == true)
    _ = try await place.json(["connection", "limits", "pair", "--calls", "7"])
    let held = try await server.send("GET", "/api/connections/pair").content["properties"]
    #expect(held?["shared"] == true && held?["limits"]?["calls"] == 7)
    #expect(try await place.json(["run", "start", "f"])["status"] == "Succeeded")
    #expect(service.latest == PairService.pair(4))
    #expect(try await place.json(["connection", "delete", "pair"])["deleted"] == true)
    #expect(try await server.send("GET", "/api/connections/pair").status == 404)
    let entries = try await audit(server)
    #expect(entries.filter { $0 == "connection.save connection/pair" }.count == 6)
    #expect(entries.contains("connection.delete connection/pair"))
    #expect(try await server.stop().exitCode == 0)
    await service.stop()
  }
}
