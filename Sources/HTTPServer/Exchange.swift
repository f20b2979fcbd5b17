internal import CMicroHTTPD
internal import HTTPMessages
internal import Synchronization

/// One request on a connection, from its first line until its response is sent.
///
/// `@unchecked Sendable`: everything but `state` belongs to the polling thread of the library;
/// `state` has its lock.
final class Exchange: @unchecked Sendable {
  /// Path and query as they came over the wire.
  let target: String
  let connection: OpaquePointer
  var body: [UInt8] = []
  var bodyCount = 0
  var hasBegun = false

  private let state = Mutex(State.reading)

  private enum State {
    case reading
    case suspended(Task<Void, Never>?)
    case answered(HTTPResponse)
  }

  init(target: String, connection: OpaquePointer) {
    self.target = target
    self.connection = connection
  }

  /// The response, once there is one.
  var response: HTTPResponse? {
    state.withLock { if case .answered(let response) = $0 { response } else { nil } }
  }

  /// Takes the connection out of polling until `answer`.
  func suspend() {
    state.withLock { $0 = .suspended(nil) }
    MHD_suspend_connection(connection)
  }

  /// Remembers who works on the response, to cancel it when the server stops.
  func setTask(_ task: Task<Void, Never>) {
    let isAnswered = state.withLock { state in
      guard case .suspended = state else { return true }
      state = .suspended(task)
      return false
    }
    // Either the task is done, or the server stopped before it was known here.
    if isAnswered { task.cancel() }
  }

  /// Sets the response and gives the connection back to polling; only the first call counts.
  func answer(_ response: HTTPResponse) {
    state.withLock { state in
      guard case .suspended = state else { return }
      state = .answered(response)
      // Under the lock, because the connection is gone soon after it was resumed.
      MHD_resume_connection(connection)
    }
  }

  /// Drops the connection and cancels the work on its response.
  func abandon() {
    let task = state.withLock { state -> Task<Void, Never>? in
      if case .suspended(let task) = state { task } else { nil }
    }
    answer(.dropped)
    task?.cancel()
  }
}
