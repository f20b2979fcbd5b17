import Definitions
import Diagnostics
import Timekeeping

/// What can be said of a flow without running it.
struct FlowInspection: Sendable {
  /// In the order of the file.
  var problems: [Diagnostic]
  /// When its timers fire first, one line for each.
  var forecasts: [String]

  /// - Throws: `CommandFailure` when the file cannot be read.
  init(
    _ entry: FlowLibrary.Entry,
    _ workspace: Workspace,
    references: [String: String],
    now: Timestamp
  ) throws(CommandFailure) {
    let (found, reading) = try workspace.flows.inspect(entry)
    guard let flow = found else {
      self.init(problems: reading, forecasts: [])
      return
    }
    let forecast = TimerForecast(flow: flow, now: now)
    let checked = workspace.problems(of: flow, references: references)
    let file = workspace.project.shown(entry.path)
    self.init(
      problems: (reading + checked + forecast.problems).inOrder,
      forecasts: forecast.lines.map { "\(file): \($0)" }
    )
  }

  private init(problems: [Diagnostic], forecasts: [String]) {
    self.problems = problems
    self.forecasts = forecasts
  }

  /// One for each flow, in their order, found on all cores.
  ///
  /// - Throws: `CommandFailure` when a file cannot be read.
  static func all(
    _ entries: [FlowLibrary.Entry],
    _ workspace: Workspace,
    references: [String: String],
    now: Timestamp
  ) async throws(CommandFailure) -> [FlowInspection] {
    let outcomes = await entries.concurrentMap(width: 16) {
      entry -> Result<FlowInspection, CommandFailure> in
      do throws(CommandFailure) {
        return .success(
          try FlowInspection(entry, workspace, references: references, now: now)
        )
      } catch {
        return .failure(error)
      }
    }
    var inspections: [FlowInspection] = []
    for outcome in outcomes { inspections.append(try outcome.get()) }
    return inspections
  }
}
