import Engine
import FoundationEssentials
import HTTPMessages
import OrderedJSON
import Seams
import Simulation
import Testing
import Timekeeping

struct EventStreamTests {
  /// One event of a stream.
  struct Event: Sendable, Equatable {
    var id: Int?
    var name: String
    var data: JSON
  }

  static func events(_ text: String) -> [Event] {
    text.components(separatedBy: "\n\n").compactMap { block in
      var event = Event(name: "", data: .null)
      for line in block.split(separator: "\n") {
        if line.hasPrefix("id: ") { event.id = Int(line.dropFirst(4)) }
        if line.hasPrefix("event: ") { event.name = String(line.dropFirst(7)) }
        if line.hasPrefix("data: ") {
          event.data = (try? JSON(parsing: String(line.dropFirst(6)))) ?? .null
        }
      }
      return event.name.isEmpty ? nil : event
    }
  }

  private static func simulated<Value: Sendable>(
    _ body: @escaping @Sendable (ServiceWorld) async throws -> Value
  ) throws -> Value {
    let clock = SimulatedClock()
    let executor = SimulatedExecutor(clock: clock)
    return try executor.run {
      try await body(try await ServiceWorld(clock: clock, executor: executor))
    }
  }

  private static func all(_ pieces: AsyncStream<[UInt8]>?) async throws -> [String] {
    var texts: [String] = []
    for await piece in try #require(pieces) { texts.append(String(decoding: piece, as: UTF8.self)) }
    return texts
  }

  @Test func `events come as they happen, and the stream ends with the run`() throws {
    let (texts, journal) = try Self.simulated { world in
      let run = try await world.run("slow")
      let answer = await world.send("GET", "/api/runs/\(run)/events")
      #expect(answer.headers["Content-Type"] == "text/event-stream")
      let texts = try await Self.all(answer.pieces)
      let journal = try await world.store.journal(of: .init(run))
      return (texts, journal.map(\.kind))
    }
    let events = Self.events(texts.joined())
    #expect(events.map(\.id) == Array(1...journal.count))
    #expect(events.map(\.name) == journal && journal.last == "runEnded")
    #expect(texts.first?.hasPrefix("retry: ") == true)
    #expect(events.last?.data["status"] == "Succeeded")
    // An hour of silence is broken every fifteen seconds.
    let heartbeats = texts.filter { $0.hasPrefix(":") }.count
    #expect((230...240).contains(heartbeats), "\(heartbeats)")
  }

  @Test func `a stream goes on where the last one broke off`() throws {
    try Self.simulated { world in
      let run = try await world.run("loops")
      let answer = await world.send("GET", "/api/runs/\(run)/events")
      let everything = Self.events(try await Self.all(answer.pieces).joined())
      for (seen, headers) in [(3, ["Last-Event-ID": "3"]), (5, [:])] as [(Int, HTTPFields)] {
        let target = "/api/runs/\(run)/events" + (headers.isEmpty ? "?after=\(seen)" : "")
        let rest = await world.send("GET", target, headers: headers)
        let events = Self.events(try await Self.all(rest.pieces).joined())
        #expect(events == Array(everything.dropFirst(seen)))
      }
      let last = String(everything.count)
      let over = await world.send("GET", "/api/runs/\(run)/events?after=\(last)")
      #expect(over.status == 204)
      let wrong = await world.send("GET", "/api/runs/\(run)/events?after=x")
      #expect(wrong.status == 400)
    }
  }

  @Test func `events show no contents`() throws {
    let text = try Self.simulated { world in
      let run = try await world.run("secret", body: ["card": "sesame-trigger"])
      let answer = await world.send("GET", "/api/runs/\(run)/events")
      return try await Self.all(answer.pieces).joined()
    }
    #expect(Self.events(text).contains { $0.data["action"] == "Call" })
    #expect(!text.contains("sesame"))
  }

  @Test func `all runs are told of as they start and end`() throws {
    let events = try Self.simulated { world in
      let pieces = try #require(await world.send("GET", "/api/events").pieces)
      var iterator = pieces.makeAsyncIterator()
      var text = String(decoding: await iterator.next() ?? [], as: UTF8.self)
      _ = try await world.run("loops")
      let slow = try await world.run("slow")
      while !text.contains(slow) {
        text += String(decoding: await iterator.next() ?? [], as: UTF8.self)
      }
      return Self.events(text)
    }
    #expect(events.first?.name == "reset")
    let runs = events.dropFirst().map { $0.data["properties"]?["status"]?.stringValue ?? "" }
    #expect(runs.count == 2 && runs[0] == "Succeeded" && ["Running", "Waiting"].contains(runs[1]))
  }

  @Test func `who waits for a run hears of its end at once`() throws {
    try Self.simulated { world in
      let run = try await world.run("slow")
      let start = world.clock.now()
      let early = await world.send("GET", "/api/runs/\(run)?wait=30&view=weir")
      #expect(early.json["endTime"] == .null && world.clock.now() == start + .seconds(30))
      var answer = early
      while answer.json["endTime"] == .null {
        answer = await world.send("GET", "/api/runs/\(run)?wait=120&view=weir")
      }
      #expect(answer.json["status"] == "Succeeded")
      #expect(world.clock.now() == start + .seconds(3600))
      let over = await world.send("GET", "/api/runs/\(run)?wait=30")
      #expect(over.status == 200 && world.clock.now() == start + .seconds(3600))
    }
  }
}
