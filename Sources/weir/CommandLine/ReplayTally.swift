import Diagnostics
import Engine
import Runtime
import Synchronization

/// Counts how replays end, and says now and then how far they are.
final class ReplayTally: Sendable {
  /// What came of all of them.
  struct Summary: Sendable {
    var replays: [RunID] = []
    var statuses: [RunStatus: Int] = [:]
    var failures: [(run: RunID, why: CommandFailure)] = []

    /// Whether each was replayed, and succeeded if it has ended.
    var isSuccess: Bool {
      failures.isEmpty && statuses.keys.allSatisfy { $0 == .succeeded || !$0.isTerminal }
    }

    var text: String {
      let counts = RunStatus.allCases.compactMap { status in
        statuses[status].map { "\($0) \(status.rawValue)" }
      }
      var lines = ["replayed \(replays.count) runs: \(counts.joined(separator: ", "))"]
      for (run, why) in failures.prefix(10) {
        lines.append("  \(run): \(why.diagnostics.map(\.message).joined(separator: "; "))")
      }
      if failures.count > 10 { lines.append("  and \(failures.count - 10) more") }
      return lines.joined(separator: "\n")
    }
  }

  private let context: Context
  private let count: Int
  private let state = Mutex((summary: Summary(), shown: ContinuousClock.now, isShown: false))

  init(_ context: Context, count: Int) {
    self.context = context
    self.count = count
  }

  func add(_ outcome: BulkReplay.Outcome) {
    state.withLock { state in
      switch outcome {
      case .replayed(_, let replay, let status):
        state.summary.replays.append(replay)
        state.summary.statuses[status, default: 0] += 1
      case .failed(let run, let failure):
        state.summary.failures.append((run, CommandFailure(failure)))
      }
      let isTerminal = context.console.noteIsTerminal
      let now = ContinuousClock.now
      guard now - state.shown > .seconds(isTerminal ? 1 : 10) else { return }
      let back = state.isShown && isTerminal ? "\u{1B}[1A\u{1B}[J" : ""
      let done = state.summary.replays.count + state.summary.failures.count
      state.shown = now
      state.isShown = true
      context.note(back + "  \(done) of \(count) runs replayed")
    }
  }

  func end() -> Summary { state.withLock { $0.summary } }
}
