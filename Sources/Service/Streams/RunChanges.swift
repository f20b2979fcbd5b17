import Engine
import Runtime
import Seams
import Synchronization
import Timekeeping

/// Tells those who watch that something happened to a run; what it was is in the store.
final class RunChanges: Sendable {
  private let state = Mutex(State())

  private struct State {
    var signals: [RunID: [ObjectIdentifier: Signal]] = [:]
    var lists: [ObjectIdentifier: ChangedRuns] = [:]
  }

  /// Hears every event of every run that the worker drives.
  func listen(to worker: Worker) {
    worker.observe { [weak self] event, state in
      guard let run = state.started?.run else { return }
      self?.note(RunID(run), isOfRun: event.isOfRun)
    }
  }

  private func note(_ run: RunID, isOfRun: Bool) {
    let (signals, lists) = state.withLock { state in
      (state.signals[run].map { Array($0.values) }, isOfRun ? Array(state.lists.values) : [])
    }
    for signal in signals ?? [] { signal.raise() }
    for list in lists { list.add(run) }
  }

  /// Raises a signal at every change of a run, for as long as the watch is kept.
  func watch(_ run: RunID) -> RunWatch {
    let signal = Signal()
    let id = ObjectIdentifier(signal)
    state.withLock { $0.signals[run, default: [:]][id] = signal }
    return RunWatch(signal: signal) { [weak self] in
      self?.state.withLock { state in
        state.signals[run]?[id] = nil
        if state.signals[run]?.isEmpty == true { state.signals[run] = nil }
      }
    }
  }

  /// Gathers the runs that start or end, for as long as the watch is kept.
  func watchAll() -> (watch: RunWatch, changed: ChangedRuns) {
    let changed = ChangedRuns()
    let id = ObjectIdentifier(changed)
    state.withLock { $0.lists[id] = changed }
    let watch = RunWatch(signal: changed.signal) { [weak self] in
      self?.state.withLock { $0.lists[id] = nil }
    }
    return (watch, changed)
  }

  /// Returns when a run has ended, or after a while.
  func end(of record: RunRecord, within patience: Duration, _ environment: Environment) async {
    let watch = watch(record.id)
    let deadline = environment.clock.now() + patience
    var current: RunRecord? = record
    while let found = current, !found.status.isTerminal, !Task.isCancelled,
      environment.clock.now() < deadline
    {
      await watch.signal.wait(atMost: deadline - environment.clock.now(), environment.clock)
      current = (try? await environment.store.run(record.id)) ?? nil
    }
  }
}

/// Keeps a watch until it is let go.
final class RunWatch: Sendable {
  let signal: Signal
  private let end: @Sendable () -> Void

  init(signal: Signal, end: @escaping @Sendable () -> Void) {
    self.signal = signal
    self.end = end
  }

  deinit { end() }
}

/// Runs to look at anew, each once, however often it changed since.
final class ChangedRuns: Sendable {
  let signal = Signal()
  private let state = Mutex((runs: [RunID](), isLossy: false))

  /// Who does not look for so long has to look at everything.
  private static let limit = 1_000

  func add(_ run: RunID) {
    state.withLock { state in
      guard !state.runs.contains(run) else { return }
      guard state.runs.count < Self.limit else {
        state.isLossy = true
        return
      }
      state.runs.append(run)
    }
    signal.raise()
  }

  /// What changed since the last time, and whether some changes were forgotten.
  func take() -> (runs: [RunID], isLossy: Bool) {
    state.withLock { state in
      defer { state = ([], false) }
      return state
    }
  }
}

extension RunEvent {
  /// Whether it is about the run as a whole.
  fileprivate var isOfRun: Bool {
    switch self {
    case .runStarted, .runEnded, .cancelRequested: true
    case .carriedOver, .actionStarted, .departed, .attemptEnded, .iterationTested, .subscribed,
      .unsubscribing, .unsubscribed, .actionEnded, .actionCarried:
      false
    }
  }
}
