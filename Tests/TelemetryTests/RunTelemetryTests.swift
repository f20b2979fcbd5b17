import Crypto
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Simulation
import Telemetry
import Testing

struct RunTelemetryTests {
  static let actions: JSON = [
    "Call": [
      "type": "Http",
      "inputs": ["method": "GET", "uri": "https://example.test/s3cr3t?sig=s3cr3t"],
    ],
    "Each": [
      "type": "Foreach", "foreach": [1, 2], "runAfter": ["Call": ["Succeeded"]],
      "actions": [
        "Post": [
          "type": "Http",
          "inputs": [
            "method": "POST", "uri": "https://example.test/", "body": "s3cr3t",
            "retryPolicy": ["type": "none"],
          ],
        ]
      ],
    ],
    "Never": ["type": "Compose", "inputs": "s3cr3t", "runAfter": ["Call": ["Failed"]]],
  ]

  static func run(trigger: JSON = [:]) throws -> ObservedRun {
    // The first request fails and is repeated; the second turn of the loop fails for good.
    try ObservedRun(actions, trigger: trigger, statuses: [503, 200, 200, 400])
  }

  private func heard(_ run: ObservedRun, traces: TraceExporter? = nil) -> (Metrics, RecordedLog) {
    let metrics = Metrics(version: "1.0")
    let log = RecordedLog()
    let telemetry = RunTelemetry(
      metrics: metrics,
      log: log.log,
      traces: traces,
      digests: .openSSL
    )
    for (event, state) in run.events { telemetry.hear(event, state) }
    return (metrics, log)
  }

  @Test func `runs, steps, retries and waits are counted`() async throws {
    let (metrics, _) = heard(try Self.run())
    let text = String(decoding: await metrics.response().body, as: UTF8.self)
    #expect(text.contains("weir_runs_started_total{trigger_type=\"Request\"} 1\n"))
    #expect(text.contains("weir_runs_ended_total{status=\"Failed\"} 1\n"))
    #expect(text.contains("weir_steps_ended_total{status=\"Succeeded\"} 2\n"))
    #expect(text.contains("weir_steps_ended_total{status=\"Failed\"} 2\n"))
    #expect(text.contains("weir_steps_ended_total{status=\"Skipped\"} 1\n"))
    #expect(text.contains("weir_step_retries_total 1\n"))
    #expect(text.contains("weir_throttle_wait_seconds_count 2\n"))
    #expect(text.contains("weir_throttle_wait_seconds_sum 4\n"))
    #expect(text.contains("weir_run_duration_seconds_count 1\n"))
  }

  @Test func `the log tells the run in a few lines`() throws {
    let (_, log) = heard(try Self.run())
    let shown = log.entries.filter { $0.level >= .info }
    #expect(
      shown.map(\.event) == [
        "run.started", "step.retrying", "step.throttled", "step.throttled", "step.ended",
        "step.ended", "run.ended",
      ]
    )
    let end = try #require(shown.last)
    #expect(end.level == .warning)
    #expect(end.fields.contains { $0 == ("status", "Failed") })
    #expect(end.fields.contains { $0 == ("flow", "observed") })
    #expect(shown.contains { $0.fields.contains { $0 == ("step", "Post[1]") } })
  }

  @Test func `no value of a run reaches the log or a trace`() throws {
    let run = try Self.run(trigger: ["headers": ["Authorization": "s3cr3t"], "body": "s3cr3t"])
    let (_, log) = heard(run)
    for entry in log.entries { #expect(!"\(entry.fields)".contains("s3cr3t")) }
    let trace = try #require(RunTrace(run.end, hash: Digests.openSSL.sha256))
    for span in trace.spans { #expect(!span.json.text.contains("s3cr3t")) }
  }
}
