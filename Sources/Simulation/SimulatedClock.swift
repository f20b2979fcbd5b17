import Seams
import Synchronization
package import Timekeeping

/// Time that passes only when told to.
///
/// Either a test moves it with `advance`, or `SimulatedExecutor` makes it jump to the next
/// deadline whenever every task waits.
package final class SimulatedClock: Clock {
  private let state: Mutex<State>

  /// - Parameter now: Where time starts; default 2026-01-01T00:00:00Z.
  package init(now: Timestamp = Timestamp(seconds: 1_767_225_600)) {
    state = Mutex(State(now: now))
  }

  package func now() -> Timestamp { state.withLock { $0.now } }

  /// Time as it passes, whatever is done to the time of day.
  package var elapsed: Timestamp { state.withLock { $0.elapsed } }

  package func sleep(until deadline: Timestamp) async throws {
    try await sleep(nil) { _ in .wall(deadline) }
  }

  package func pause(for duration: Duration) async throws {
    try await sleep(nil) { .elapsed($0 + duration) }
  }

  func sleep(_ process: Int?, _ deadline: (Timestamp) -> Deadline) async throws {
    let (number, deadline) = state.withLock { ($0.nextNumber(), deadline($0.elapsed)) }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let sleeper = Sleeper(
          number: number,
          process: process,
          deadline: deadline,
          continuation: continuation
        )
        let outcome = state.withLock { $0.enroll(sleeper) }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      state.withLock { $0.cancel(number) }?.resume(throwing: CancellationError())
    }
  }

  /// The clock as one process sees it, until that dies.
  package func clock(of process: Int) -> ProcessClock {
    ProcessClock(clock: self, process: process)
  }

  /// Ends every sleep of a process, now and from now on, as if its tasks were cancelled.
  package func end(_ process: Int) {
    for sleeper in state.withLock({ $0.end(process) }) {
      sleeper.continuation.resume(throwing: CancellationError())
    }
  }

  func isDead(_ process: Int) -> Bool { state.withLock { $0.dead.contains(process) } }

  /// How many tasks sleep.
  package var sleeperCount: Int { state.withLock { $0.sleepers.count } }

  /// Sets the time of day forward or back, while no time passes; who pauses does not notice.
  package func step(by duration: Duration) {
    state.withLock { $0.offset += duration }
    advance(by: .zero)
  }

  /// Lets time pass; sleepers wake in the order of their deadlines.
  package func advance(by duration: Duration) { advance(to: now() + duration) }

  /// Lets time pass until `time`, never backwards.
  package func advance(to time: Timestamp) {
    let end = state.withLock { time - $0.offset }
    while let sleeper = state.withLock({ $0.wakeNext(before: end) }) {
      sleeper.continuation.resume()
    }
    state.withLock { $0.elapsed = max($0.elapsed, end) }
  }

  /// Lets time pass until the earliest deadline, and wakes who waits for it.
  ///
  /// - Returns: `false` when nobody sleeps.
  package func jump() -> Bool {
    let next = state.withLock { state in
      state.sleepers.map { state.end(of: $0.deadline) }.min().map { $0 + state.offset }
    }
    guard let next else { return false }
    advance(to: next)
    return true
  }
}

extension SimulatedClock {
  enum Deadline {
    case wall(Timestamp)
    case elapsed(Timestamp)
  }

  private struct Sleeper {
    let number: Int
    let process: Int?
    let deadline: Deadline
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    /// Time as it passes.
    var elapsed: Timestamp
    /// How far the time of day is ahead of it.
    var offset = Duration.zero
    var sleepers: [Sleeper] = []
    private var lastNumber = 0
    /// Cancelled before they slept.
    private var cancelled: Set<Int> = []
    private(set) var dead: Set<Int> = []

    init(now: Timestamp) { elapsed = now }

    var now: Timestamp { elapsed + offset }

    /// When a deadline is reached, in passing time.
    func end(of deadline: Deadline) -> Timestamp {
      switch deadline {
      case .wall(let time): time - offset
      case .elapsed(let time): time
      }
    }

    mutating func nextNumber() -> Int {
      lastNumber += 1
      return lastNumber
    }

    /// The outcome when there is nothing to wait for.
    mutating func enroll(_ sleeper: Sleeper) -> Result<Void, any Error>? {
      let isDead = sleeper.process.map(dead.contains) ?? false
      if cancelled.remove(sleeper.number) != nil || isDead { return .failure(CancellationError()) }
      if end(of: sleeper.deadline) <= elapsed { return .success(()) }
      sleepers.append(sleeper)
      return nil
    }

    mutating func end(_ process: Int) -> [Sleeper] {
      dead.insert(process)
      let ended = sleepers.filter { $0.process == process }
      sleepers.removeAll { $0.process == process }
      return ended
    }

    mutating func cancel(_ number: Int) -> CheckedContinuation<Void, any Error>? {
      guard let index = sleepers.firstIndex(where: { $0.number == number }) else {
        cancelled.insert(number)
        return nil
      }
      return sleepers.remove(at: index).continuation
    }

    mutating func wakeNext(before time: Timestamp) -> Sleeper? {
      let due = sleepers.indices.filter { end(of: sleepers[$0].deadline) <= time }
      let earliest = due.min { left, right in
        (end(of: sleepers[left].deadline), left) < (end(of: sleepers[right].deadline), right)
      }
      guard let earliest else { return nil }
      elapsed = max(elapsed, end(of: sleepers[earliest].deadline))
      return sleepers.remove(at: earliest)
    }
  }
}
