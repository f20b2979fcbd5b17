import Definitions
import Engine
import Foundation
import OrderedJSON
import Synchronization
import Timekeeping

/// Shows the steps of a run as they happen, on the note stream.
final class RunProgress: Sendable {
  private let context: Context
  private let isShown: Bool

  init(_ context: Context, flow: String) {
    self.context = context
    // Off a terminal the summary at the end says the same.
    isShown = context.console.noteIsTerminal && !context.isQuiet
  }

  func observe(_ event: RunEvent, _ state: RunState) {
    guard isShown else { return }
    switch event {
    case .attemptEnded(let event):
      let wait = RunOutput.text(event.next - event.attempt.endTime)
      let status = event.attempt.statusCode.map { " (status \($0))" } ?? ""
      context.note("  … \(state.plan.spelled(event.address)) again in \(wait)\(status)")
    case .actionEnded(let event):
      context.note("  \(event.status.rawValue.lowercased()) \(state.plan.spelled(event.address))")
    default: break
    }
  }
}
