import Diagnostics
import Engine
import FlowTesting
import OrderedJSON
import Testing

/// Tests of flows, with what comes of each.
@Suite struct FlowTestFixtureTests {
  @Test(
    arguments: ["mocks", "expectations", "time", "callers", "recordings", "unsupported"].flatMap(
      load
    )
  )
  func `every case passes or fails as it says`(_ fixture: FlowTestCase) throws {
    let (_, results, diagnostics) = try fixture.run()
    #expect(diagnostics.map(\.message) == [])
    let found = results.map { result in
      (result.name, JSON.array(result.problems.map { .string(Self.text($0)) }))
    }
    #expect(JSON.object(JSONObject(found)) == fixture.results)
  }

  @Test(arguments: load("defects"))
  func `what is wrong with a file is said with its place`(_ fixture: FlowTestCase) throws {
    let (_, results, diagnostics) = try fixture.run()
    #expect(results.isEmpty)
    let found = diagnostics.map { problem in
      "\(problem.code.id) \(problem.location?.line ?? 0):\(problem.location?.column ?? 0) "
        + problem.message
    }
    #expect(found == fixture.diagnostics)
    #expect(diagnostics.allSatisfy { $0.hint != nil || $0.code != .unknownTestMember })
  }

  @Test(arguments: ["mocks", "expectations", "time", "callers", "unsupported"].flatMap(load))
  func `the schema accepts every test file`(_ fixture: FlowTestCase) throws {
    let schema = JSONSchema(try JSON(parsing: TestSchema.text))
    let value = try fixture.test.stringValue.map { try JSON(parsing: $0) } ?? fixture.test
    #expect(schema.violations(of: value).isEmpty)
  }

  private static func load(_ file: String) -> [FlowTestCase] {
    do { return try FlowTestCase.load(file) } catch {
      Issue.record(error)
      return []
    }
  }

  private static func text(_ problem: TestProblem) -> String {
    var text = problem.subject
    if let message = problem.message { text += ": \(message)" }
    guard problem.isComparison else { return text }
    return "\(text): \(problem.expected?.text ?? "nothing") / \(problem.actual?.text ?? "nothing")"
  }
}
