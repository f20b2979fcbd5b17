import Seams
import Simulation
import Synchronization

/// A disk beside journals that says a second later what it has written, until its process dies.
final class DyingDisk: Sendable {
  private let clock: SimulatedClock
  /// After how many writes it dies; `nil` as long as nobody said so.
  private let rest = Mutex<Int?>(nil)

  init(_ clock: SimulatedClock) { self.clock = clock }

  func die(after writes: Int) { rest.withLock { $0 = writes } }

  var hooks: StoreHooks {
    let check = { @Sendable () throws(StoreFailure) in
      if self.rest.withLock({ $0 == 0 }) { throw StoreFailure(.closed, "the process died") }
    }
    return StoreHooks(
      beforeFire: { () throws(StoreFailure) in try check() },
      beforeAccess: { () throws(StoreFailure) in try check() },
      afterWrite: { () throws(StoreFailure) in
        self.rest.withLock { $0 = $0.map { max(0, $0 - 1) } }
        try check()
        try? await self.clock.pause(for: .seconds(1))
      }
    )
  }
}
