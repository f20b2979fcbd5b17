import Engine
import Testing
import Timekeeping

@testable import Service

struct RunFilterTests {
  private static let noon = "2026-01-31T12:00:00Z"

  private static func ticks(_ offset: Int64) -> Int64 {
    (Timestamp(iso8601: noon)?.ticks ?? 0) + offset
  }

  struct Case: Sendable {
    var text: String
    var statuses: Set<RunStatus>?
    var since: Int64?
    var until: Int64?
  }

  static let cases: [Case] = [
    Case(text: "status eq 'Failed'", statuses: [.failed]),
    Case(text: "Status EQ 'failed'", statuses: [.failed]),
    Case(text: "(status eq 'Failed')", statuses: [.failed]),
    Case(text: "status eq 'Failed' or status eq 'Cancelled'", statuses: [.failed, .cancelled]),
    Case(text: "status eq 'Failed' and status eq 'Running'", statuses: []),
    Case(
      text: "status ne 'Running' and status ne 'Waiting'",
      statuses: [.succeeded, .failed, .cancelled, .timedOut]
    ),
    Case(text: "startTime ge \(noon)", since: ticks(0)),
    Case(text: "StartTime gt '\(noon)'", since: ticks(1)),
    Case(text: "startTime lt datetime'\(noon)'", until: ticks(0)),
    Case(text: "startTime le \(noon)", until: ticks(1)),
    Case(text: "startTime eq \(noon)", since: ticks(0), until: ticks(1)),
    Case(
      text: "startTime ge 2026-01-01 and (status eq 'Failed' or status eq 'TimedOut')"
        + " and startTime ge \(noon)",
      statuses: [.failed, .timedOut],
      since: ticks(0)
    ),
  ]

  @Test(arguments: cases)
  func `a filter says what it means`(given: Case) throws {
    let filter = try RunFilter(given.text)
    #expect(filter.statuses == given.statuses)
    #expect(filter.since?.ticks == given.since && filter.until?.ticks == given.until)
  }

  @Test(arguments: [
    "", "status", "status eq", "status eq Failed", "status eq 'Failed", "status lt 'Failed'",
    "status eq 'Nothing'", "name eq 'x'", "startTime ge soon", "startTime like 2026-01-01",
    "status eq 'Failed' or startTime ge 2026-01-01", "(status eq 'Failed'", "status eq 'Failed')",
    "and", "eq eq eq", "status eq 'Failed' status eq 'Failed'", "()", "'a'",
    String(repeating: "(", count: 500), String(repeating: "x", count: 5_000),
    "status eq 'It''s'",
  ])
  func `what cannot be understood is refused with an example`(text: String) {
    let problem = #expect(throws: Problem.self) { _ = try RunFilter(text) }
    #expect(problem?.status == 400 && problem?.message.contains("status eq 'Failed'") == true)
  }

  @Test func `a filter that nothing can match asks the store for nothing`() throws {
    #expect(try RunFilter("status eq 'Failed' and status eq 'Running'").query(flow: nil) == nil)
    let empty = "startTime ge 2026-01-02 and startTime lt 2026-01-01"
    #expect(try RunFilter(empty).query(flow: nil) == nil)
  }
}
