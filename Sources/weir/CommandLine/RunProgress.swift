import Engine
import Synchronization
import Timekeeping

/// Shows the steps of a run as they happen, on the note stream.
///
/// On a terminal a tree of the steps is redrawn in place, ten times a second while `follow` runs,
/// and goes when the run ends. Elsewhere steps are reported as they end, once the run takes more
/// than a second.
final class RunProgress: Sendable {
  private struct Shown {
    var state: RunState?
    /// What stands on the terminal.
    var lines: [String] = []
    /// What is not yet worth a line.
    var held: [String] = []
    var isOver = false
    /// The steps that have a line.
    var told: Set<ActionAddress> = []
  }

  private let context: Context
  /// Calls that wait at a gate.
  private let waiting: @Sendable () -> Set<String>
  private let shown = Mutex(Shown())

  init(_ context: Context, waiting: @escaping @Sendable () -> Set<String> = { [] }) {
    self.context = context
    self.waiting = waiting
  }

  func observe(_ event: RunEvent, _ state: RunState) {
    guard !context.isQuiet else { return }
    if context.console.noteIsTerminal {
      shown.withLock { $0.state = state }
    } else if let (address, time) = Self.step(event) {
      report(StepLine.text(address, of: state), at: time, state)
    }
  }

  /// Takes the state of a run that another process drives.
  func show(_ state: RunState) {
    guard !context.isQuiet else { return }
    if context.console.noteIsTerminal {
      shown.withLock { $0.state = state }
      return
    }
    for address in state.order {
      guard let step = state.instances[address], let end = step.endTime,
        shown.withLock({ $0.told.insert(address).inserted })
      else { continue }
      report(StepLine.text(address, of: state), at: end, state)
    }
  }

  /// Redraws until cancelled or ended.
  func follow() async {
    guard context.console.noteIsTerminal, !context.isQuiet else { return }
    let clock = SystemClock()
    while (try? await clock.pause(for: .milliseconds(100))) != nil { draw(at: clock.now()) }
  }

  /// Takes the lines off the terminal.
  func end() {
    shown.withLock { shown in
      shown.isOver = true
      rewrite([], &shown)
    }
  }

  private func draw(at now: Timestamp) {
    let held = waiting()
    let size = context.console.noteSize()
    shown.withLock { shown in
      guard let state = shown.state, !shown.isOver else { return }
      let tree = RunTree(state, now: now, held: held)
      let lines = tree.lines(limit: max(3, size.rows - 2)).map { line in
        context.colored(
          TerminalText.fitted("  " + line.text, to: size.columns - 1),
          TerminalText.color(of: line.status)
        )
      }
      rewrite(lines, &shown)
    }
  }

  private func rewrite(_ lines: [String], _ shown: inout Shown) {
    guard shown.lines != lines else { return }
    // Up to the first of our lines, then clear to the end of the screen.
    let back = shown.lines.isEmpty ? "" : "\u{1B}[\(shown.lines.count)A\u{1B}[J"
    shown.lines = lines
    context.console.writeNote(back + lines.map { $0 + "\n" }.joined())
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
