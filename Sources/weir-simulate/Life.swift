import Synchronization

/// Whether a process lives, and what ends with it.
final class Life: Sendable {
  private let state = Mutex(State())

  private struct State {
    var isOver = false
    var last: [@Sendable () -> Void] = []
  }

  var isOver: Bool { state.withLock { $0.isOver } }

  /// Calls when the process dies, at once if it has.
  func atEnd(_ body: @escaping @Sendable () -> Void) {
    let isOver = state.withLock { state in
      if !state.isOver { state.last.append(body) }
      return state.isOver
    }
    if isOver { body() }
  }

  /// Ends it; `false` when it was over before.
  func end() -> Bool {
    let last = state.withLock { state -> [@Sendable () -> Void]? in
      guard !state.isOver else { return nil }
      state.isOver = true
      defer { state.last = [] }
      return state.last
    }
    for body in last ?? [] { body() }
    return last != nil
  }
}
