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

  package func sleep(until deadline: Timestamp) async throws {
    let number = state.withLock { $0.nextNumber() }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let sleeper = Sleeper(number: number, deadline: deadline, continuation: continuation)
        let outcome = state.withLock { $0.enroll(sleeper) }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      state.withLock { $0.cancel(number) }?.resume(throwing: CancellationError())
    }
  }

  /// How many tasks sleep.
  package var sleeperCount: Int { state.withLock { $0.sleepers.count } }

  /// Lets time pass; sleepers wake in the order of their deadlines.
  package func advance(by duration: Duration) { advance(to: now() + duration) }

  /// Lets time pass until `time`, never backwards.
  package func advance(to time: Timestamp) {
    while let sleeper = state.withLock({ $0.wakeNext(before: time) }) {
      sleeper.continuation.resume()
    }
    state.withLock { $0.now = max($0.now, time) }
  }

  /// Lets time pass until the earliest deadline, and wakes who waits for it.
  ///
  /// - Returns: `false` when nobody sleeps.
  package func jump() -> Bool {
    guard let deadline = state.withLock({ $0.sleepers.map(\.deadline).min() }) else {
      return false
    }
    advance(to: deadline)
    return true
  }
}

extension SimulatedClock {
  private struct Sleeper {
    let number: Int
    let deadline: Timestamp
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Timestamp
    var sleepers: [Sleeper] = []
    private var lastNumber = 0
    /// Cancelled before they slept.
    private var cancelled: Set<Int> = []

    init(now: Timestamp) { self.now = now }

    mutating func nextNumber() -> Int {
      lastNumber += 1
      return lastNumber
    }

    /// The outcome when there is nothing to wait for.
    mutating func enroll(_ sleeper: Sleeper) -> Result<Void, any Error>? {
      if cancelled.remove(sleeper.number) != nil { return .failure(CancellationError()) }
      if sleeper.deadline <= now { return .success(()) }
      sleepers.append(sleeper)
      return nil
    }

    mutating func cancel(_ number: Int) -> CheckedContinuation<Void, any Error>? {
      guard let index = sleepers.firstIndex(where: { $0.number == number }) else {
        cancelled.insert(number)
        return nil
      }
      return sleepers.remove(at: index).continuation
    }

    mutating func wakeNext(before time: Timestamp) -> Sleeper? {
      let due = sleepers.indices.filter { sleepers[$0].deadline <= time }
      let earliest = due.min { left, right in
        (sleepers[left].deadline, left) < (sleepers[right].deadline, right)
      }
      guard let earliest else { return nil }
      now = max(now, sleepers[earliest].deadline)
      return sleepers.remove(at: earliest)
    }
  }
}
