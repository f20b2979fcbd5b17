import Synchronization

/// Which calls wait at the gate of their connection, for whoever shows a run in progress.
package final class HeldCalls: Sendable {
  private let keys = Mutex<Set<String>>([])

  /// The calls that wait, each as `run/action[indices]`.
  package var all: Set<String> { keys.withLock { $0 } }

  func enter(_ key: String?) {
    if let key { keys.withLock { _ = $0.insert(key) } }
  }

  func leave(_ key: String?) {
    if let key { keys.withLock { _ = $0.remove(key) } }
  }
}
