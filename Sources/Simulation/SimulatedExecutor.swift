import Foundation
import Timekeeping

/// Runs tasks one at a time on the calling thread, with time that jumps when all of them wait.
///
/// Child tasks follow; unstructured tasks and actors with an executor of their own do not.
package final class SimulatedExecutor: TaskExecutor, @unchecked Sendable {
  // Unchecked: the condition's lock guards the jobs.
  private let condition = NSCondition()
  private var jobs: [UnownedJob] = []
  private let clock: SimulatedClock
  private let patience: Duration

  /// - Parameters:
  ///   - clock: What the tasks wait for.
  ///   - patience: How long, in real time, to wait for something outside the simulation once
  ///     every task waits for no deadline.
  package init(clock: SimulatedClock, patience: Duration = .seconds(10)) {
    self.clock = clock
    self.patience = patience
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    condition.withLock {
      jobs.append(job)
      condition.signal()
    }
  }

  /// Runs `body` to its end.
  ///
  /// - Throws: What `body` throws, or `SimulationStalled`.
  package func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws
    -> Value
  {
    let outcome = Outcome<Value>()
    Task(executorPreference: self) {
      do {
        outcome.settle(.success(try await body()))
      } catch {
        outcome.settle(.failure(error))
      }
    }
    while true {
      runJobs()
      if let result = outcome.result { return try result.get() }
      if !clock.jump() { try waitForOutsiders() }
    }
  }

  private func runJobs() {
    while let job = condition.withLock({ jobs.isEmpty ? nil : jobs.removeFirst() }) {
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }

  // Something outside the simulation, such as a thread of a library, may still resume a task.
  private func waitForOutsiders() throws {
    let limit = Date(timeIntervalSinceNow: patience.seconds)
    try condition.withLock {
      while jobs.isEmpty {
        if !condition.wait(until: limit) { throw SimulationStalled() }
      }
    }
  }
}
