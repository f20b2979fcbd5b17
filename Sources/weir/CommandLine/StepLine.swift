import Definitions
import Engine
import Timekeeping

/// One step of a run in progress, as a line.
enum StepLine {
  static func text(_ address: ActionAddress, of state: RunState) -> String {
    let name = state.plan.spelled(address)
    guard let step = state.instances[address] else { return name }
    let words = [RunOutput.mark(step.status.rawValue), name, step.status.rawValue]
    return words.joined(separator: " ") + details(step)
  }

  private static func details(_ step: ActionInstance) -> String {
    if let end = step.endTime { return " " + RunOutput.text(end - step.startTime) }
    guard let due = step.due else { return "" }
    guard let last = step.attempts.last else { return " until \(due)" }
    let status = last.statusCode.map { " (status \($0))" } ?? ""
    let wait = RunOutput.text(max(.zero, due - last.endTime))
    return ": attempt \(last.number) failed\(status), again in \(wait)"
  }
}
