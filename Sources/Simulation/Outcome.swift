import Synchronization

/// Where a task leaves its result for the thread that drives it.
final class Outcome<Value: Sendable>: Sendable {
  private let settled = Mutex<Result<Value, any Error>?>(nil)

  var result: Result<Value, any Error>? { settled.withLock { $0 } }

  func settle(_ result: Result<Value, any Error>) { settled.withLock { $0 = result } }
}
