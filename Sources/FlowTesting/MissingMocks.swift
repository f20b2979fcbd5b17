import Connectors
import Definitions
import Diagnostics
import HTTPMessages
import OrderedJSON

/// Says which mock a call lacks, with one that can be pasted.
struct MissingMocks {
  let bench: TestBench

  /// One problem for each action, however often it called.
  func problems(_ calls: [RunLog.Unanswered]) -> [TestProblem] {
    var seen: Set<String> = []
    return calls.compactMap { call in
      let name = call.site?.action ?? call.request?.url ?? ""
      guard seen.insert(name).inserted else { return nil }
      var problem = TestProblem(.missingMock, name, message: message(call), at: nil)
      problem.snippet = snippet(call).prettyText
      return problem
    }
  }

  private func message(_ call: RunLog.Unanswered) -> String {
    if let mock = call.usedUp {
      let count = mock.answers.count
      return
        "the mock of '\(call.site?.spelled ?? "")' has \(count) answer\(count == 1 ? "" : "s"), "
        + "and there was one call more; add another to its \"responses\""
    }
    let what =
      call.request.map { "\($0.method) \($0.url.prefix { $0 != "?" })" }
      ?? "whose type cannot run here"
    guard let site = call.site else { return "no mock answers \(what); add this to \"mocks\":" }
    let operation = site.operation.map { " ('\($0)')" } ?? ""
    return "no mock answers '\(site.spelled)'\(operation), \(what); add this to \"mocks\":"
  }

  private func snippet(_ call: RunLog.Unanswered) -> JSON {
    guard let site = call.site else {
      let request: JSON = [
        "method": .string(call.request?.method ?? "GET"), "url": .string(call.request?.url ?? ""),
      ]
      return ["request": request, "response": ["status": 200, "body": [:]]]
    }
    let isSent = call.request != nil
    return [
      "action": .string(site.action),
      "response": isSent ? response(site) : ["outputs": ["body": [:]]],
    ]
  }

  private func response(_ site: CallSite) -> JSON {
    guard let connector = site.connector.flatMap(bench.connector),
      let operation = site.operation.flatMap(connector.operation)
    else { return ["status": 200, "body": [:]] }
    return ResponseSkeleton.response(of: operation, in: connector)
  }
}
