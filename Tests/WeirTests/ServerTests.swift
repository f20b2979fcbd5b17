import Foundation
import OrderedJSON
import Testing
import Timekeeping

/// The server of the built program.
@Suite struct ServerTests {
  private let place: Workplace

  init() throws {
    place = try Workplace(hasFlows: false)
  }

  // MARK: Flows

  private static let everySecond: JSON = [
    "type": "Recurrence", "recurrence": ["frequency": "Second", "interval": 1],
  ]

  private static let echo: JSON = [
    "R": ["type": "Response", "inputs": ["statusCode": 201, "body": "@triggerBody()"]]
  ]

  private static let pause: JSON = [
    "W": ["type": "Wait", "inputs": ["interval": ["count": 1, "unit": "Hour"]]]
  ]

  /// Two requests, one after the other.
  private func calls(_ service: HeldService) -> JSON {
    [
      "First": ["type": "Http", "inputs": ["method": "GET", "uri": .string(service.url + "/1")]],
      "Second": [
        "type": "Http", "inputs": ["method": "GET", "uri": .string(service.url + "/2")],
        "runAfter": ["First": ["Succeeded"]],
      ],
    ]
  }

  private func runs() async throws -> [JSON] {
    try await place.json("run", "list", "--limit", "1000").arrayValue ?? []
  }

  // MARK: Triggers

  @Test func `a request at a signed address starts a run and gets its Response`() async throws {
    try place.addFlow("echo", actions: Self.echo)
    let server = try await FlowServer(in: place)
    let path = "/api/workflows/echo/triggers/t/listCallbackUrl"
    let address = try await server.send("POST", path).content["value"]?.stringValue
    let answer = try await server.send("POST", try #require(address), ["a": 1])
    #expect(answer.status == 201 && answer.content == ["a": 1])
    let wrong = try await server.send("POST", try #require(address) + "x", ["a": 1])
    #expect(wrong.status == 401)
    #expect(try await runs().map { $0["status"] } == ["Succeeded"])
    #expect(try await server.stop().exitCode == 0)
  }

  @Test func `a timer fires each of its times once, also when the server is killed`() async throws {
    let service = try HeldService()
    let call: JSON = [
      "Call": ["type": "Http", "inputs": ["method": "GET", "uri": .string(service.url + "/x")]]
    ]
    try place.addFlow("tick", trigger: Self.everySecond, actions: call)
    let first = try await FlowServer(in: place)
    try await eventually { service.paths.count >= 2 }
    first.process.kill()
    #expect(try await first.process.end().exitCode == 128 + 9)
    let before = try await runs().count
    service.release()
    let second = try await FlowServer(in: place)
    try await eventually {
      let ended = try await runs().count { $0["status"] == "Succeeded" }
      return ended >= before + 2
    }
    #expect(try await second.stop().exitCode == 0)

    let words = ["trigger", "history", "tick", "--limit", "1000"]
    let history = try await place.json(words).arrayValue ?? []
    let fired = history.filter { $0["status"] == "Succeeded" }
    #expect(fired.count == history.count)
    let started = fired.compactMap { $0["run"]?.stringValue }
    #expect(Set(started).count == fired.count)
    #expect(Set(started) == Set(try await runs().compactMap { $0["id"]?.stringValue }))
    // Newest first, one second apart: none is missing and none is there twice.
    let times = try fired.map { fire in
      try #require(fire["intendedTime"]?.stringValue.flatMap(Timestamp.init(iso8601:)))
    }
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 - $1 == .seconds(1) }, "\(times)")
    await service.stop()
  }

  @Test func `figures tell what became of the events of triggers and how late timers were`()
    async throws
  {
    try place.addFlow("tick", trigger: Self.everySecond)
    var never = Self.everySecond.objectValue ?? [:]
    never["conditions"] = [["expression": "@equals(1, 2)"]]
    try place.addFlow("never", trigger: .object(never))
    let server = try await FlowServer(in: place)
    let fires = "weir_trigger_fires_total"
    try await eventually {
      let figures = try await server.figures()
      return figures["\(fires){outcome=\"started\"}", default: 0] >= 2
        && figures["\(fires){outcome=\"skipped\"}", default: 0] >= 2
    }
    // Both timers are heard, whatever came of them.
    let figures = try await server.figures()
    #expect(figures["weir_timer_lateness_seconds_count", default: 0] >= 4)
    #expect(try await server.stop().exitCode == 0)
  }

  @Test func `a run is replayed by the server that works on its folder`() async throws {
    try place.addFlow("echo", actions: Self.echo)
    let server = try await FlowServer(in: place)
    _ = try await place.json("run", "start", "echo")
    let run = try #require(try await runs().first?["id"]?.stringValue)
    let replay = try await place.json("run", "resubmit", run, "--from-failed")
    #expect(replay[0]?["status"] == "Succeeded")
    #expect(replay[0]?["parent"]?["run"]?.stringValue == run)
    let audit = try await server.send("GET", "/api/audit").content.text
    #expect(audit.contains("run.resubmit"))
    #expect(try await server.stop().exitCode == 0)
  }

  @Test func `a paused trigger of a running server is paused`() async throws {
    try place.addFlow("tick", trigger: Self.everySecond)
    let server = try await FlowServer(in: place)
    try await eventually { try await !runs().isEmpty }
    #expect(try await place.json("trigger", "pause", "tick")["state"] == "Paused")
    let trigger = try await server.send("GET", "/api/workflows/tick/triggers/t").content
    #expect(trigger["properties"]?["state"] == "Suspended")
    #expect(try await place.json("trigger", "resume", "tick")["state"] == "Enabled")
    #expect(try await server.stop().exitCode == 0)
  }

  // MARK: Commands beside the server

  @Test func `runs are started, waited for and cancelled through the server`() async throws {
    try place.addFlow("echo", actions: Self.echo)
    try place.addFlow("pause", actions: Self.pause)
    let server = try await FlowServer(in: place)
    let started = try await place.json("run", "start", "echo")
    #expect(started["status"] == "Succeeded")
    let waiting = try await place.json("run", "start", "pause", "--detach")
    let id = try #require(waiting["id"]?.stringValue)
    try await eventually {
      try await runs().contains { $0["id"]?.stringValue == id && $0["status"] == "Waiting" }
    }
    #expect(try await runs().allSatisfy { $0["interrupted"] == false })
    let waiter = try place.start(["run", "wait", id])
    let cancelled = try await place.weir("run", "cancel", id)
    #expect(cancelled.exitCode == 0 && cancelled.output.contains("Cancelled"))
    let waited = try await waiter.end()
    #expect(waited.exitCode == 1 && waited.output.contains("Cancelled"))
    let again = try await place.weir("run", "cancel", id)
    #expect(again.exitCode == 0 && again.output.contains("Cancelled"))
    #expect(try await server.stop().exitCode == 0)
  }

  @Test func `a second server on the data folder is refused and told who has it`() async throws {
    let server = try await FlowServer(in: place)
    let second = try await place.weir("server", "start", "--listen", "127.0.0.1:0")
    #expect(second.exitCode == 5 && second.output.isEmpty)
    #expect(second.errors.contains("process \(server.process.identifier)"))
    #expect(second.errors.contains(server.authority))
    #expect(try await server.send("GET", "/readyz").status == 200)
    server.process.kill()
    _ = try await server.process.end()
    let third = try await FlowServer(in: place)
    #expect(try await third.stop().exitCode == 0)
  }

  @Test func `tokens are shown once, and roles hold`() async throws {
    try place.addFlow("pause", actions: Self.pause)
    let server = try await FlowServer(in: place)
    #expect(try await server.send("GET", "/api/runs").status == 200)
    let made = try await place.json(
      "admin",
      "token",
      "create",
      "ada",
      "--role",
      "reader",
      "--expires",
      "90d"
    )
    let token = try #require(made["token"]?.stringValue)
    #expect(try await server.send("GET", "/api/runs").status == 401)
    #expect(try await server.send("GET", "/api/runs", token: token).status == 200)
    let path = "/api/workflows/pause/triggers/t/run"
    #expect(try await server.send("POST", path, [:], token: token).status == 403)
    #expect(try await place.json("run", "start", "pause", "--detach")["status"] != nil)
    let listed = try await place.json("admin", "token", "list")
    #expect(listed[0]?["name"] == "ada" && !listed.text.contains(token))
    let taken = try await place.weir("admin", "token", "create", "ada", "--role", "admin")
    #expect(taken.exitCode != 0 && taken.errors.contains("'ada'"))
    #expect(try await place.weir("admin", "token", "delete", "ada").exitCode == 0)
    #expect(try await place.weir("admin", "token", "delete", "ada").exitCode == 4)
    #expect(try await server.send("GET", "/api/runs", token: token).status == 401)
    let files = try FileManager.default.contentsOfDirectory(
      at: place.data,
      includingPropertiesForKeys: nil
    )
    for file in files where !file.hasDirectoryPath && file.pathExtension != "sock" {
      #expect(try Data(contentsOf: file).range(of: Data(token.utf8)) == nil, "\(file.path)")
    }
    #expect(try await server.stop().exitCode == 0)
  }

  // MARK: Stopping

  @Test func `a stop lets requests finish, begins no more, and the next start goes on`()
    async throws
  {
    let service = try HeldService()
    try place.addFlow("calls", actions: calls(service))
    let first = try await FlowServer(in: place)
    _ = try await place.json("run", "start", "calls", "--detach")
    try await eventually { service.paths == ["/1"] }
    first.process.terminate()
    try await eventually { first.process.errors.contains("server.stopping") }
    service.release()
    #expect(try await first.process.end().exitCode == 0)
    #expect(service.paths == ["/1"])
    #expect(try await runs().map { $0["interrupted"] } == [true])
    let second = try await FlowServer(in: place)
    try await eventually { try await runs().first?["status"] == "Succeeded" }
    #expect(service.paths == ["/1", "/2"])
    #expect(try await second.stop().exitCode == 0)
    await service.stop()
  }

  @Test func `a second signal stops at once, and nothing is lost by it`() async throws {
    let service = try HeldService()
    try place.addFlow("calls", actions: calls(service))
    let first = try await FlowServer(in: place, "--drain-seconds", "3600")
    _ = try await place.json("run", "start", "calls", "--detach")
    try await eventually { service.paths == ["/1"] }
    first.process.terminate()
    try await eventually { first.process.errors.contains("server.stopping") }
    first.process.terminate()
    #expect(try await first.process.end().exitCode == 130)
    service.release()
    let second = try await FlowServer(in: place)
    try await eventually { try await runs().first?["status"] == "Succeeded" }
    // Nobody knows what came of the first request, so it is sent again.
    #expect(service.paths == ["/1", "/1", "/2"])
    #expect(try await second.stop().exitCode == 0)
    await service.stop()
  }
}
