import Engine
import Synchronization

/// The state of a run as far as it has come, for whoever waits outside the simulation.
final class LatestState: Sendable {
  private let content = Mutex<RunState?>(nil)

  var state: RunState? { content.withLock { $0 } }

  func note(_ state: RunState) { content.withLock { $0 = state } }
}
