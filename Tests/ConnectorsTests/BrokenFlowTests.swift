import Connectors
import Definitions
import Diagnostics
import Fixtures
import OrderedJSON
import Testing

/// Flows with exactly one defect each.
struct BrokenFlowTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let code: String
    let severity: String
    let line: Int64
    let column: Int64
    let text: String
    var testDescription: String { name }

    init(_ value: JSON) throws {
      name = try #require(value["name"]?.stringValue)
      code = try #require(value["code"]?.stringValue)
      severity = value["severity"]?.stringValue ?? "error"
      line = try #require(value["line"]?.integerValue)
      column = try #require(value["column"]?.integerValue)
      text = (value["text"]?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: "\n")
    }
  }

  static func cases() throws -> [Case] {
    try (Fixtures.json("ConnectorsTests/Data/broken-flows.json").arrayValue ?? []).map(Case.init)
  }

  @Test(arguments: try cases())
  func `the one defect of a flow is found at its place, and nothing else`(_ each: Case) throws {
    let connector = try SampleConnector.shipped("azure-communication-identity")
    let problems = FlowProblems.all(of: each.text, connector)
    let found = problems.map { problem in
      "\(problem.code.id) \(problem.severity.rawValue) "
        + "\(problem.location?.line ?? 0):\(problem.location?.column ?? 0)"
    }
    #expect(
      found == ["\(each.code) \(each.severity) \(each.line):\(each.column)"],
      "\(problems.map(\.message))"
    )
  }

  @Test func `every message says what to do, and none repeats a secret`() throws {
    let connector = try SampleConnector.shipped("azure-communication-identity")
    for each in try Self.cases() {
      for problem in FlowProblems.all(of: each.text, connector) {
        #expect(!problem.message.isEmpty && !problem.message.hasSuffix("."), "\(each.name)")
        #expect(problem.hint != nil || problem.code.id.hasPrefix("E"), "\(each.name)")
        let shown = DiagnosticRenderer.text(problem)
        for secret in ["hunter2", "Bearer abc", "sig=abc", "accesskey=abc", "0123456789abcdef"] {
          #expect(!shown.contains(secret), "\(each.name)")
        }
      }
    }
  }

  @Test func `there are enough cases, of every code that a flow can have`() throws {
    let cases = try Self.cases()
    #expect(cases.count >= 300)
    #expect(Set(cases.map(\.name)).count == cases.count)
    let elsewhere: Set<DiagnosticCode> = [.unresolvedTemplate, .timerNeverFires]
    for code in DiagnosticCode.flows where !elsewhere.contains(code) {
      #expect(cases.contains { $0.code == code.id }, "\(code.id)")
    }
  }
}
