import Crypto
import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Telemetry
import Testing

struct RunTraceTests {
  private func spans(_ run: ObservedRun) throws -> [JSON] {
    let trace = try #require(RunTrace(run.end, hash: Digests.openSSL.sha256))
    return trace.spans.map(\.json)
  }

  private func named(_ name: String, _ spans: [JSON]) throws -> JSON {
    try #require(spans.first { $0["name"]?.stringValue == name })
  }

  @Test func `a run is a trace, a step that started is a span below what contains it`() throws {
    let spans = try spans(RunTelemetryTests.run())
    let names = spans.compactMap { $0["name"]?.stringValue }
    #expect(names == ["observed", "Call", "Each", "Post[0]", "Post[1]"])
    #expect(Set(spans.compactMap { $0["traceId"]?.stringValue }).count == 1)
    #expect(Set(spans.compactMap { $0["spanId"]?.stringValue }).count == spans.count)
    let run = try named("observed", spans)
    let each = try named("Each", spans)
    #expect(run["parentSpanId"] == nil)
    #expect(try named("Call", spans)["parentSpanId"] == run["spanId"])
    #expect(each["parentSpanId"] == run["spanId"])
    #expect(try named("Post[1]", spans)["parentSpanId"] == each["spanId"])
  }

  @Test func `a span has the form of the protocol`() throws {
    let spans = try spans(RunTelemetryTests.run())
    for span in spans {
      #expect(span["traceId"]?.stringValue?.wholeMatch(of: /[0-9a-f]{32}/) != nil)
      #expect(span["spanId"]?.stringValue?.wholeMatch(of: /[0-9a-f]{16}/) != nil)
      let start = try #require(span["startTimeUnixNano"]?.stringValue.flatMap { Int($0) })
      let end = try #require(span["endTimeUnixNano"]?.stringValue.flatMap { Int($0) })
      #expect(start <= end && start > 0)
    }
    let post = try named("Post[1]", spans)
    #expect(post["status"] == ["code": 2, "message": "BadRequest"])
    #expect(post["kind"] == 3)
    let attributes = try #require(post["attributes"]?.arrayValue)
    let status: JSON = ["key": "http.response.status_code", "value": ["intValue": "400"]]
    #expect(attributes.contains(status))
    #expect(try named("observed", spans)["kind"] == 2)
    #expect(try named("Call", spans)["events"]?.arrayValue?.count == 2)
  }

  @Test func `identifiers follow from the run, so that whoever tells of it tells the same`() throws
  {
    let run = try RunTelemetryTests.run()
    #expect(try spans(run) == spans(run))
  }

  @Test func `requests of a step belong to the span of the step`() throws {
    let run = try RunTelemetryTests.run()
    let trace = try #require(RunTrace(run.end, hash: Digests.openSSL.sha256))
    let spans = try spans(run)
    let started = run.end.order.filter { run.end.instances[$0]?.status != .skipped }
    #expect(started.count == 4)
    for address in started {
      let span = try named(run.end.plan.spelled(address), spans)
      let context = trace.context(of: address)
      #expect(.string(context.spanID) == span["spanId"])
      #expect(.string(context.traceID) == span["traceId"])
      #expect(context.isSampled)
    }
  }

  @Test func `the trace of the request goes on`() throws {
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    let spans = try spans(
      RunTelemetryTests.run(trigger: ["headers": ["traceparent": .string(parent)]])
    )
    #expect(spans[0]["traceId"] == "4bf92f3577b34da6a3ce929d0e0e4736")
    #expect(spans[0]["parentSpanId"] == "00f067aa0ba902b7")
    #expect(spans[1]["traceId"] == "4bf92f3577b34da6a3ce929d0e0e4736")
  }

  @Test func `a trace that its beginner does not record is not told`() throws {
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"
    let run = try RunTelemetryTests.run(trigger: ["headers": ["traceparent": .string(parent)]])
    #expect(try spans(run).isEmpty)
  }

  @Test func `a run with very many steps is told in part`() throws {
    let items = JSON.array((0..<2500).map { .integer($0) })
    let run = try ObservedRun([
      "Each": [
        "type": "Foreach", "foreach": items,
        "actions": ["One": ["type": "Compose", "inputs": 1]],
      ]
    ])
    let spans = try spans(run)
    #expect(spans.count == RunTrace.stepLimit + 1)
    let dropped: JSON = ["key": "weir.trace.dropped_steps", "value": ["intValue": "501"]]
    #expect(spans[0]["attributes"]?.arrayValue?.contains(dropped) == true)
  }
}
