import Seams
import Synchronization

/// Lets one task sleep until something happens or some time has passed.
package final class Alarm: Sendable {
  private struct State {
    var isRung = false
    var sleep: Task<Void, Never>?
  }

  private let state = Mutex(State())
  private let environment: Environment

  package init(environment: Environment) { self.environment = environment }

  /// Ends the sleep under way, or the next one before it begins.
  package func ring() {
    let sleep = state.withLock { state in
      state.isRung = true
      return state.sleep
    }
    sleep?.cancel()
  }

  /// Returns when it rings, when so much time has passed, or when the task is cancelled.
  package func sleep(for duration: Duration) async {
    let clock = environment.clock
    let sleep = state.withLock { state -> Task<Void, Never>? in
      guard !state.isRung else { return nil }
      let sleep = environment.spawn { try? await clock.pause(for: duration) }
      state.sleep = sleep
      return sleep
    }
    await withTaskCancellationHandler {
      await sleep?.value
    } onCancel: {
      sleep?.cancel()
    }
    state.withLock { $0 = State() }
  }
}
