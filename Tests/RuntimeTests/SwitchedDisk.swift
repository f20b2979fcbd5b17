import Seams
import Simulation
import Synchronization

/// A disk that fails whatever is read or written beside journals, as long as it is told to.
final class SwitchedDisk: Sendable {
  private struct State {
    /// How often it works until it fails, and how often it is going to fail then.
    var successes = 0
    var failures = 0
  }

  private let state = Mutex(State())

  var isBroken: Bool {
    get { state.withLock { $0.failures > 0 } }
    set { state.withLock { $0 = State(failures: newValue ? .max : 0) } }
  }

  func failOnce(after successes: Int = 0) {
    state.withLock { $0 = State(successes: successes, failures: 1) }
  }

  var hooks: StoreHooks {
    StoreHooks(
      beforeFire: { () throws(StoreFailure) in try self.check() },
      beforeAccess: { () throws(StoreFailure) in try self.check() }
    )
  }

  private func check() throws(StoreFailure) {
    let fails = state.withLock { state in
      guard state.successes == 0 else {
        state.successes -= 1
        return false
      }
      defer { state.failures = max(0, state.failures - 1) }
      return state.failures > 0
    }
    if fails { throw StoreFailure(.io, "the disk failed") }
  }
}
