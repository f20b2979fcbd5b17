import Seams
import Simulation
import Synchronization

extension StoreHooks {
  /// A process that dies before or after its so manieth append became durable.
  static func dying(at count: Int, after: Bool) -> StoreHooks {
    let seen = Mutex(0)
    let hook: StoreHooks.Hook = { _ throws(StoreFailure) in
      let number = seen.withLock { seen in
        seen += 1
        return seen
      }
      if number >= count { throw StoreFailure(.io, "the process died") }
    }
    return after ? StoreHooks(afterAppend: hook) : StoreHooks(beforeAppend: hook)
  }
}
