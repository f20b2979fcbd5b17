import Engine
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Timekeeping

/// Calls webhook actions back as their mocks say.
final class CallbackDesk: Sendable {
  private let clock: SimulatedClock
  private let executor: SimulatedExecutor
  private let held = Mutex<Worker?>(nil)

  init(clock: SimulatedClock, executor: SimulatedExecutor) {
    self.clock = clock
    self.executor = executor
  }

  /// Who drives the runs; set once everything is wired.
  var worker: Worker? {
    get { held.withLock { $0 } }
    set { held.withLock { $0 = newValue } }
  }

  /// Reports back to an action once it waits, at the earliest a moment after it subscribed.
  func order(_ callback: Mock.Callback, to address: ActionAddress, of run: RunID) {
    let delay = max(callback.after, .milliseconds(1))
    Task(executorPreference: executor) { [clock, worker] in
      try await clock.pause(for: delay)
      _ = try await worker?.takeOver(run, with: .callback(address, callback.payload))
    }
  }
}
