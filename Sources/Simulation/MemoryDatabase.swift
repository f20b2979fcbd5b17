import Engine
import Seams
import Synchronization
import Timekeeping

/// What processes of a simulation share: the contents of a store, and who lives.
///
/// A crash is simulated by ending one `MemoryStore` and opening another on the same database.
package final class MemoryDatabase: Sendable {
  private let state = Mutex(MemoryState())

  package init() {}

  func withState<Value>(_ body: (inout MemoryState) throws(StoreFailure) -> sending Value)
    throws(StoreFailure) -> sending Value
  {
    try state.withLock { state throws(StoreFailure) in try body(&state) }
  }
}
