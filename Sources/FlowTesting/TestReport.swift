import Diagnostics
import Engine
package import OrderedJSON
import Timekeeping

/// What came of test files.
package struct TestReport: Sendable {
  /// The results of one file.
  package struct File: Sendable {
    package var path: String
    package var flow: String
    package var results: [CaseResult]
    package var coverage: Coverage?

    package init(path: String, flow: String, results: [CaseResult], coverage: Coverage?) {
      self.path = path
      self.flow = flow
      self.results = results
      self.coverage = coverage
    }

    package var failureCount: Int { results.count { !$0.hasPassed } }
  }

  package var files: [File]

  package init(files: [File]) { self.files = files }

  package var caseCount: Int { files.reduce(0) { $0 + $1.results.count } }
  package var failureCount: Int { files.reduce(0) { $0 + $1.failureCount } }

  /// The document of `--output json`.
  package var json: JSON {
    [
      "tests": .integer(Int64(caseCount)), "failed": .integer(Int64(failureCount)),
      "files": .array(files.map(Self.json)),
    ]
  }

  private static func json(_ file: File) -> JSON {
    var object: JSONObject = [
      "path": .string(file.path), "flow": .string(file.flow),
      "cases": .array(file.results.map(json)),
    ]
    object["coverage"] = file.coverage?.json
    return .object(object)
  }

  private static func json(_ result: CaseResult) -> JSON {
    [
      "name": .string(result.name), "status": result.hasPassed ? "passed" : "failed",
      "seconds": .double(result.took.seconds),
      "simulatedSeconds": .double(result.simulated.seconds),
      "runStatus": result.state.map { .string($0.status.rawValue) } ?? .null,
      "problems": .array(result.problems.map(json)),
      "unusedMocks": .array(result.unusedMocks.map { ["line": .integer(Int64($0.line))] }),
      "missingSettings": .array(result.missingSettings.map { .string($0) }),
    ]
  }

  private static func json(_ problem: TestProblem) -> JSON {
    var object: JSONObject = [
      "code": .string(problem.code.id), "subject": .string(problem.subject),
    ]
    object["message"] = problem.message.map { .string($0) }
    object["expected"] = problem.expected
    object["actual"] = problem.actual
    object["file"] = problem.location.map { .string($0.file) }
    object["line"] = problem.location.map { .integer(Int64($0.line)) }
    object["column"] = problem.location.map { .integer(Int64($0.column)) }
    object["pointer"] = problem.pointer.map { .string($0) }
    object["mock"] = problem.snippet.flatMap { try? JSON(parsing: $0) }
    return .object(object)
  }
}
