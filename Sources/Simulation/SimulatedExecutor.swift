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
  private let budget: Int
  private let choose: (@Sendable (Int) -> Int)?
  private var jobCount = 0

  /// - Parameters:
  ///   - clock: What the tasks wait for.
  ///   - patience: How long, in real time, to wait for something outside the simulation once
  ///     every task waits for no deadline.
  ///   - budget: How many pieces of work there may be before nothing seems to come to an end.
  ///   - choose: Which of so many tasks that could go on does so; `nil` takes them in order.
  package init(
    clock: SimulatedClock,
    patience: Duration = .seconds(10),
    budget: Int = .max,
    choose: (@Sendable (Int) -> Int)? = nil
  ) {
    self.clock = clock
    self.patience = patience
    self.budget = budget
    self.choose = choose
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
      try runJobs()
      if let result = outcome.result { return try result.get() }
      if !clock.jump() { try waitForOutsiders() }
    }
  }

  /// Runs what can go on without any time passing.
  package func settle() throws { try runJobs() }

  private func runJobs() throws {
    while let job = condition.withLock({ nextJob() }) {
      job.runSynchronously(on: asUnownedTaskExecutor())
      jobCount += 1
      if jobCount > budget { throw SimulationStalled(isBusy: true) }
    }
  }

  private func nextJob() -> UnownedJob? {
    guard let choose, jobs.count > 1 else { return jobs.isEmpty ? nil : jobs.removeFirst() }
    jobs.swapAt(choose(jobs.count), jobs.count - 1)
    return jobs.removeLast()
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
