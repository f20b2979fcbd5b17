import Seams
import Simulation
import Synchronization

/// A disk that fails whatever is read or written beside journals, as long as it is told to.
final class SwitchedDisk: Sendable {
  /// How often it is going to fail.
  private let failures = Mutex(0)

  var isBroken: Bool {
    get { failures.withLock { $0 > 0 } }
    set { failures.withLock { $0 = newValue ? .max : 0 } }
  }

  func failOnce() { failures.withLock { $0 = 1 } }

  var hooks: StoreHooks {
    StoreHooks(
      beforeFire: { () throws(StoreFailure) in try self.check() },
      beforeAccess: { () throws(StoreFailure) in try self.check() }
    )
  }

  private func check() throws(StoreFailure) {
    let fails = failures.withLock { failures in
      defer { failures = max(0, failures - 1) }
      return failures > 0
    }
    if fails { throw StoreFailure(.io, "the disk failed") }
  }
}
