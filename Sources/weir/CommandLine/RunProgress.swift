import Engine
import Synchronization
import Timekeeping

/// Shows the steps of a run as they happen, on the note stream.
///
/// On a terminal each step has a line that is rewritten in place, and the lines go when the run
/// ends. Elsewhere steps are reported as they end, once the run takes more than a second.
final class RunProgress: Sendable {
  private struct Shown {
    /// What stands on the terminal.
    var lines: [String] = []
    /// What is not yet worth a line.
    var held: [String] = []
  }

  private static let longestList = 20
  private let context: Context
  private let shown = Mutex(Shown())

  init(_ context: Context) { self.context = context }

  func observe(_ event: RunEvent, _ state: RunState) {
    guard !context.isQuiet else { return }
    if context.console.noteIsTerminal {
      draw(state)
    } else if let (address, time) = Self.step(event) {
      report(StepLine.text(address, of: state), at: time, state)
    }
  }

  /// Takes the lines off the terminal.
  func end() { rewrite([]) }

  private func draw(_ state: RunState) {
    let steps = state.order.suffix(Self.longestList)
    let hidden = state.order.count - steps.count
    let lines = steps.map { "  " + StepLine.text($0, of: state) }
    rewrite(hidden > 0 ? ["  … and \(hidden) before"] + lines : lines)
  }

  private func rewrite(_ lines: [String]) {
    shown.withLock { shown in
      guard shown.lines != lines else { return }
      // Up to the first of our lines, then clear to the end of the screen.
      let back = shown.lines.isEmpty ? "" : "\u{1B}[\(shown.lines.count)A\u{1B}[J"
      shown.lines = lines
      context.console.writeNote(back + lines.map { $0 + "\n" }.joined())
    }
  }

  private func report(_ line: String, at time: Timestamp, _ state: RunState) {
    let isLong = state.started.map { time - $0.time > .seconds(1) } ?? false
    shown.withLock { shown in
      shown.held.append("  " + line)
      guard isLong else { return }
      for line in shown.held { context.note(line) }
      shown.held = []
    }
  }

  private static func step(_ event: RunEvent) -> (ActionAddress, Timestamp)? {
    switch event {
    case .attemptEnded(let event): (event.address, event.next)
    case .actionEnded(let event): (event.address, event.time)
    case .actionCarried(let event): (event.address, event.time)
    case .runStarted, .carriedOver, .actionStarted, .departed, .iterationTested, .subscribed,
      .unsubscribing,
      .unsubscribed, .cancelRequested, .runEnded:
      nil
    }
  }
}
