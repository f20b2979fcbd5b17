import OrderedJSON
import Testing

/// The trigger commands of the built program.
@Suite struct TriggerToolTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    let trigger: JSON = [
      "type": "Recurrence",
      "recurrence": [
        "frequency": "Hour", "interval": 1, "startTime": "2026-01-01T00:00:00Z",
        "endTime": "2026-01-01T04:30:00Z",
      ],
      "conditions": [["expression": "@not(equals(utcNow('yyyy'), '1999'))"]],
    ]
    try place.write(
      [
        "definition": [
          "triggers": ["hourly": trigger],
          "actions": ["a": ["type": "Compose", "inputs": "@trigger()"]],
        ]
      ],
      to: "flows/f.json"
    )
  }

  private func json(_ words: String...) async throws -> JSON {
    try await place.json(["trigger"] + words)
  }

  @Test func `a trigger is paused and resumed over processes`() async throws {
    #expect(try await json("pause", "f")["state"] == "Paused")
    let listed = try await json("list").arrayValue?.first { $0["flow"] == "f" }
    #expect(listed?["state"] == "Paused" && listed?["next"] == .null)
    #expect(try await json("resume", "f", "--trigger", "HOURLY")["state"] == "Enabled")
    #expect(try await json("list").arrayValue?.first { $0["flow"] == "f" }?["state"] == "Enabled")
  }

  @Test func `an event by hand starts a run and is in the history`() async throws {
    try place.write(["n": 1], to: "body.json")
    let made = try await json("fire", "f", "--input", "body.json")
    #expect(made["status"] == "Succeeded")
    let run = try #require(made["runs"]?.arrayValue?.first?.stringValue)
    let history = try await json("history", "f").arrayValue ?? []
    #expect(history.map { $0["run"] } == [.string(run)])
    #expect(history[0]["lateness"]?.doubleValue.map { (0..<60).contains($0) } == true)
    let shown = try await place.weir("run", "show", run, "--output", "json")
    #expect(try JSON(parsing: shown.output)["trigger"]?["outputs"]?["body"] == ["n": 1])
  }

  @Test func `a backfill starts what is missing once, in order`() async throws {
    let range = ["--from", "2026-01-01T01:00:00Z", "--to", "2026-01-01T09:00:00Z"]
    let times: [JSON] = (1...4).map { .string("2026-01-01T0\($0):00:00.0000000Z") }
    let planned = try await json(
      "backfill",
      "f",
      range[0],
      range[1],
      range[2],
      range[3],
      "--dry-run"
    )
    #expect(planned.arrayValue?.map { $0["time"] } == times)
    #expect(try await json("history", "f") == [])
    let made = try await json("backfill", "f", range[0], range[1], range[2], range[3])
    #expect(made.arrayValue?.map { $0["time"] } == times)
    #expect(made.arrayValue?.allSatisfy { $0["status"] == "Succeeded" } == true)
    #expect(try await json("backfill", "f", range[0], range[1], range[2], range[3]) == [])
    let history = try await json("history", "f", "--status", "succeeded", "--limit", "9").arrayValue
    #expect(history?.map { $0["intendedTime"] } == times.reversed())
  }

  @Test(arguments: [
    (["backfill", "f"], 2, "'--from' is missing"),
    (["backfill", "f", "--from", "1h", "--to", "2h"], 2, "'--to' is before '--from'"),
    (["backfill", "onboard-user", "--from", "1h"], 3, "no times to make up for"),
    (["pause", "f", "--trigger", "x"], 4, "has no trigger 'x'"),
    (["fire", "nothing"], 4, "there is no flow 'nothing'"),
    (["history", "f", "--status", "Done"], 2, "is no status of an event"),
  ])
  func `wrong words are refused with the reason`(words: [String], code: Int32, message: String)
    async throws
  {
    let outcome = try await place.start(["trigger"] + words).end()
    #expect(outcome.exitCode == code)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }
}
