import Crypto
import HTTPMessages
import OrderedJSON
import Seams
import Simulation
import Synchronization
import Telemetry
import Testing
import Timekeeping

struct TraceExporterTests {
  private struct World {
    let transport: ScriptedTransport
    let metrics = Metrics(version: "1.0")
    let log = RecordedLog()
    let exporter: TraceExporter

    init(
      _ script: [ScriptedAnswer],
      change: (inout TraceSettings) -> Void = { _ in }
    ) throws {
      let clock = SimulatedClock()
      transport = ScriptedTransport(clock: clock, script: script)
      var settings = try #require(
        try TraceSettings([
          "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318",
          "OTEL_EXPORTER_OTLP_HEADERS": "api-key=s3cr3t",
        ])
      )
      change(&settings)
      exporter = TraceExporter(
        settings,
        transport: transport,
        clock: clock,
        log: log.log,
        metrics: metrics,
        version: "1.0"
      )
    }

    var exported: Double { metrics.spansExported[].value }
    var dropped: Double { metrics.spansDropped[].value }
  }

  private static let fine = ScriptedAnswer.respond(HTTPResponse(status: 200))
  private static let busy = ScriptedAnswer.respond(HTTPResponse(status: 503))

  private func spans(_ count: Int) throws -> [TraceSpan] {
    let trace = try #require(RunTrace(try RunTelemetryTests.run().end, hash: SHA256.digest))
    return Array(repeating: trace.spans[0], count: count)
  }

  @Test func `spans leave in batches, as JSON`() async throws {
    let world = try World([Self.fine, Self.fine]) { $0.batch = 3 }
    world.exporter.offer(try spans(5))
    await world.exporter.flush()
    #expect(world.exported == 5)
    let requests = world.transport.requests
    #expect(requests.map(\.url) == .init(repeating: "http://collector:4318/v1/traces", count: 2))
    #expect(requests[0].headers["Content-Type"] == "application/json")
    #expect(requests[0].headers["api-key"] == "s3cr3t")
    let document = try JSON(parsing: requests[0].body)
    let resource = document["resourceSpans"]?[0]
    let name: JSON = ["key": "service.name", "value": ["stringValue": "weir"]]
    #expect(resource?["resource"]?["attributes"]?.arrayValue?.contains(name) == true)
    #expect(resource?["scopeSpans"]?[0]?["spans"]?.arrayValue?.count == 3)
  }

  @Test func `what there is no room for is dropped and counted`() async throws {
    let world = try World([Self.fine]) { $0.capacity = 10 }
    world.exporter.offer(try spans(15))
    #expect(world.dropped == 5)
    await world.exporter.flush()
    #expect(world.exported == 10)
  }

  @Test func `a collector that is away for a moment loses nothing`() async throws {
    let world = try World([.refused, Self.busy, Self.fine])
    world.exporter.offer(try spans(4))
    for _ in 0..<3 { await world.exporter.flush() }
    #expect(world.exported == 4)
    #expect(world.dropped == 0)
    #expect(world.log.entries.map(\.event) == ["traces.failing", "traces.working"])
    for entry in world.log.entries { #expect(!"\(entry.fields)".contains("s3cr3t")) }
  }

  @Test func `a collector that stays away costs a bounded number of spans, and one line`()
    async throws
  {
    let world = try World([]) { $0.capacity = 100 }
    for _ in 0..<50 {
      world.exporter.offer(try spans(10))
      await world.exporter.flush()
    }
    #expect(world.exported == 0)
    #expect(world.dropped > 300)
    #expect(world.log.entries.count == 1)
  }

  @Test func `what the collector refuses is not sent again`() async throws {
    let world = try World([.respond(HTTPResponse(status: 400)), Self.fine])
    world.exporter.offer(try spans(2))
    await world.exporter.flush()
    await world.exporter.flush()
    #expect(world.dropped == 2)
    #expect(world.transport.requests.count == 1)
  }

  @Test func `the queue keeps order and its bound`() throws {
    var queue = TraceQueue(capacity: 3)
    let all = try spans(1)
    #expect(queue.add(all + all) == 0)
    #expect(queue.add(all + all) == 1)
    let taken = queue.take(2)
    #expect(taken.count == 2 && queue.count == 1)
    #expect(queue.add(all) == 0)
    #expect(queue.putBack(taken) == 1)
    #expect(queue.take(10).count == 3)
  }
}
