import OrderedJSON
import Testing
import Timekeeping

/// What is left of timers when their server is killed again and again.
@Suite struct TimerKillTests {
  private func history(_ place: Workplace) async throws -> [JSON] {
    let outcome = try await place.weir(
      "trigger",
      "history",
      "f",
      "--limit",
      "9999",
      "--output",
      "json"
    )
    return try JSON(parsing: outcome.output).arrayValue?.reversed() ?? []
  }

  @Test func `a server that is killed again and again loses no fire and doubles none`() async throws
  {
    let place = try Workplace()
    let timer: JSON = [
      "type": "Recurrence",
      "recurrence": ["frequency": "Second", "interval": 1, "startTime": "2026-01-01T00:00:00Z"],
      "metadata": ["missedFires": "all"],
    ]
    try place.write(
      [
        "definition": [
          "triggers": ["t": timer],
          "actions": ["a": ["type": "Compose", "inputs": "@trigger()['scheduledTime']"]],
        ]
      ],
      to: "flows/f.json"
    )
    for goal in [2, 4, 6] {
      let server = try place.start([
        "server", "start", "--listen", "127.0.0.1:0", "--insecure-loopback",
      ])
      try await eventually { try await history(place).count >= goal }
      server.kill()
      #expect(try await server.end().exitCode == 128 + 9)
    }
    let entries = try await history(place)
    #expect(entries.allSatisfy { $0["status"] == "Succeeded" })
    let times = entries.compactMap {
      $0["intendedTime"]?.stringValue.flatMap(Timestamp.init(iso8601:))
    }
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == .seconds(1) }, "\(times)")
    let runs = Set(entries.compactMap { $0["run"]?.stringValue })
    #expect(runs.count == entries.count)
    let listed = try await place.weir("run", "list", "--limit", "9999", "--output", "json")
    #expect(try JSON(parsing: listed.output).arrayValue?.count == runs.count)
  }
}
