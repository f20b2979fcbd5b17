import Seams
import Synchronization

/// Wakes one who waits; raised while nobody waits, it wakes the next one at once.
final class Signal: Sendable {
  private let state = Mutex(State())

  private struct State {
    var isRaised = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  func raise() {
    let waiter = state.withLock { state in
      state.isRaised = state.waiter == nil
      return state.waiter.take()
    }
    waiter?.resume()
  }

  /// Returns once it was raised, after a while, or when the task is cancelled.
  func wait(atMost patience: Duration, _ clock: any Clock) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.wait() }
      group.addTask { try? await clock.pause(for: patience) }
      await group.next()
      group.cancelAll()
    }
  }

  private func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          guard !state.isRaised, !Task.isCancelled else {
            state.isRaised = false
            return true
          }
          state.waiter = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiter.take() }?.resume()
    }
  }
}
