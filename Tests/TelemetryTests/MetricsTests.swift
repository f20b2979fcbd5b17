import HTTPMessages
import Telemetry
import Testing

struct MetricsTests {
  private func text(_ metrics: Metrics) async -> String {
    String(decoding: await metrics.response().body, as: UTF8.self)
  }

  @Test func `counts from many tasks add up`() async {
    let metrics = Metrics(version: "1.0")
    await withTaskGroup { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<1000 {
            metrics.runsEnded["Succeeded"].add()
            metrics.commitSeconds[].observe(0.002)
          }
        }
      }
    }
    let text = await text(metrics)
    #expect(text.contains("weir_runs_ended_total{status=\"Succeeded\"} 8000\n"))
    #expect(text.contains("weir_store_commit_seconds_count 8000\n"))
  }

  @Test func `a histogram counts what is at or below each bound`() async {
    let metrics = Metrics(version: "1.0")
    for seconds in [0.01, 0.011, 5000.0] { metrics.throttleWait[].observe(seconds) }
    metrics.throttleWait[].observe(.milliseconds(100))
    let text = await text(metrics)
    #expect(text.contains("weir_throttle_wait_seconds_bucket{le=\"0.01\"} 1\n"))
    #expect(text.contains("weir_throttle_wait_seconds_bucket{le=\"0.05\"} 2\n"))
    #expect(text.contains("weir_throttle_wait_seconds_bucket{le=\"0.1\"} 3\n"))
    #expect(text.contains("weir_throttle_wait_seconds_bucket{le=\"3600\"} 3\n"))
    #expect(text.contains("weir_throttle_wait_seconds_bucket{le=\"+Inf\"} 4\n"))
    #expect(text.contains("weir_throttle_wait_seconds_sum 5000.121\n"))
    #expect(text.contains("weir_throttle_wait_seconds_count 4\n"))
  }

  @Test func `labels from outside cannot fill the memory`() async {
    let metrics = Metrics(version: "1.0")
    for number in 0..<5000 {
      metrics.noteRequest(route: "/\(number)", method: "GET", status: 200, duration: .zero)
    }
    let lines = await text(metrics).split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("weir_http_requests_total{") }.count == 1001)
    let other = #"weir_http_requests_total{route="other",method="other",status="other"} 4000"#
    #expect(lines.contains { $0 == other })
  }

  @Test func `gauges are brought up to date before somebody reads`() async {
    let metrics = Metrics(version: "1.0")
    metrics.beforeReport { $0.queuedWrites[].set(7) }
    #expect(await text(metrics).contains("weir_store_queued_writes 7\n"))
  }

  @Test func `every definition keeps to the conventions of names`() async {
    let metrics = Metrics(version: "1.0")
    let reports = await metrics.reports()
    #expect(Set(reports.map(\.name)).count == reports.count)
    for report in reports {
      #expect(report.name.wholeMatch(of: /(weir|process)_[a-z_]+/) != nil)
      #expect(report.name.hasSuffix("_total") == (report.kind == .counter), "\(report.name)")
      #expect(report.help.hasSuffix("."), "\(report.name)")
    }
  }

  @Test func `every line of the answer is one that the format allows`() async {
    let metrics = Metrics(version: "1.0-\"x\"\n")
    metrics.noteRequest(route: "/a\\b", method: "GET", status: 200, duration: .seconds(1))
    let response = await metrics.response()
    #expect(response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
    let label = /[a-zA-Z_]\w*="(?:[^"\\]|\\["\\n])*"/
    for line in await text(metrics).split(separator: "\n") where !line.hasPrefix("# ") {
      let parts = line.wholeMatch(of: /([a-z_]+)(?:\{(.*)\})? (\S+)/)
      #expect(parts != nil, "\(line)")
      if let labels = parts?.output.2 {
        #expect(labels.replacing(label, with: "").allSatisfy { $0 == "," }, "\(line)")
      }
      #expect(parts.flatMap { Double($0.output.3.replacing("+Inf", with: "inf")) } != nil)
    }
  }
}
