import Synchronization

/// A value that one task waits for and several may bring; the first one counts.
final class Race<Value: Sendable>: Sendable {
  private let state = Mutex(State())

  private struct State {
    var value: Value?
    var waiter: CheckedContinuation<Value, Never>?
  }

  func settle(_ value: Value) {
    let waiter = state.withLock { state -> CheckedContinuation<Value, Never>? in
      guard state.value == nil else { return nil }
      state.value = value
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: value)
  }

  /// The first value; only one task may wait.
  func value() async -> Value {
    await withCheckedContinuation { continuation in
      let value = state.withLock { state -> Value? in
        if state.value == nil { state.waiter = continuation }
        return state.value
      }
      if let value { continuation.resume(returning: value) }
    }
  }
}
