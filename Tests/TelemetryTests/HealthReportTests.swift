import HTTPMessages
import OrderedJSON
import Telemetry
import Testing

struct HealthReportTests {
  @Test func `all is well`() {
    let report = HealthReport([.init("store"), .init("timers")])
    #expect(report.response.status == 200)
    #expect(
      report.document.text
        == #"{"status":"ok","checks":{"store":{"status":"ok"},"timers":{"status":"ok"}}}"#
    )
  }

  @Test func `one thing that does not work makes it 503, and is named`() {
    let report = HealthReport([.init("store", problem: "the disk is full"), .init("timers")])
    #expect(report.response.status == 503)
    #expect(report.response.headers["Retry-After"] == "5")
    #expect(report.document["status"] == "failing")
    #expect(report.document["checks"]?["store"]?["problem"] == "the disk is full")
    #expect(report.document["checks"]?["timers"]?["status"] == "ok")
  }
}
