import Diagnostics
import Engine
import FlowTesting
import OrderedJSON

/// Prints the results of tests for people.
struct TestOutput {
  private let showsCoverage: Bool
  private let context: Context

  init(showsCoverage: Bool, _ context: Context) {
    self.showsCoverage = showsCoverage
    self.context = context
  }

  func show(_ file: TestReport.File) {
    var lines = [file.path]
    for result in file.results {
      lines.append("  \(result.hasPassed ? "✓" : "✗") \(result.name)  (\(times(result)))")
      lines += details(result).map { "      " + $0 }
    }
    if showsCoverage, let coverage = file.coverage {
      lines += self.lines(coverage).map { "  " + $0 }
    }
    context.print(lines.joined(separator: "\n"))
  }

  func summary(_ report: TestReport, brokenCount: Int) {
    let count = report.caseCount
    var text = "\(count) test\(count == 1 ? "" : "s"), \(report.failureCount) failed"
    if brokenCount > 0 {
      text += ", \(brokenCount) file\(brokenCount == 1 ? "" : "s") could not be run"
    }
    context.print(text)
  }

  private func times(_ result: CaseResult) -> String {
    let simulated = result.simulated
    guard simulated >= .seconds(1) else { return RunOutput.text(result.took) }
    return "\(RunOutput.text(result.took)), \(RunOutput.text(simulated)) of simulated time"
  }

  // MARK: Failures

  private static let problemLimit = 20

  private func details(_ result: CaseResult) -> [String] {
    guard !result.hasPassed else { return [] }
    var lines: [String] = []
    for problem in result.problems.prefix(Self.problemLimit) {
      let place = problem.location.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
      var own = problem.lines
      own[0] = place + own[0]
      lines += own
    }
    let rest = result.problems.count - Self.problemLimit
    if rest > 0 { lines.append("… and \(rest) more") }
    if !result.missingSettings.isEmpty {
      let names = result.missingSettings.joined(separator: ", ")
      lines.append("not set in \"settings\": \(names)")
    }
    for place in result.unusedMocks where place.line > 0 {
      lines.append("\(place.file):\(place.line): this mock answered nothing")
    }
    return lines + course(result.state)
  }

  /// What the run did, shortly.
  private func course(_ state: RunState?) -> [String] {
    guard let state else { return [] }
    let actions = RunView.document(state)["actions"]?.arrayValue ?? []
    var lines = ["the run: \(RunView.status(state).rawValue)"]
    lines += actions.prefix(Self.problemLimit).map { "  " + RunOutput.actionLine($0) }
    if actions.count > Self.problemLimit {
      lines.append("  … and \(actions.count - Self.problemLimit) more")
    }
    for action in actions {
      guard let error = action["error"], !error.isNull, action["status"] != "Skipped" else {
        continue
      }
      let text = "\(error["code"]?.shownText ?? ""): \(error["message"]?.shownText ?? "")"
      lines.append("  \(action["name"]?.shownText ?? ""): \(text)")
    }
    return lines
  }

  // MARK: Coverage

  private func lines(_ coverage: Coverage) -> [String] {
    let actions =
      "\(coverage.actionCount - coverage.missedActions.count) of \(coverage.actionCount)"
    var lines = ["coverage: \(actions) actions"]
    if coverage.branchCount > 0 {
      let taken = coverage.branchCount - coverage.missedBranches.count
      lines[0] += ", \(taken) of \(coverage.branchCount) branches"
    }
    if !coverage.missedActions.isEmpty {
      lines.append("  never ran: \(coverage.missedActions.joined(separator: ", "))")
    }
    if !coverage.missedBranches.isEmpty {
      let branches = coverage.missedBranches.map { "\($0.action) (\($0.label))" }
      lines.append("  never taken: \(branches.joined(separator: ", "))")
    }
    return lines
  }
}
