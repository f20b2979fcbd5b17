internal import CMicroHTTPD
internal import HTTPMessages
internal import Synchronization

/// One request on a connection, from its first line until its response is sent.
///
/// `@unchecked Sendable`: everything but `state` belongs to the polling thread of the library;
/// `state` has its lock.
final class Exchange: @unchecked Sendable {
  /// The request target as it came over the wire.
  let target: String
  let connection: OpaquePointer
  let visitor: Visitor?
  var body: [UInt8] = []
  var bodyCount = 0
  var hasBegun = false
  /// The first part of the request, once it is found sound.
  var head: RequestHead?
  /// What the server answers by itself once the body is read.
  var refusal: RequestFault?
  /// How many bytes of a refused body were read all the same.
  var forgivenCount = 0

  private let state = Mutex(State())

  private struct State {
    var phase = Phase.reading
    /// Who works on the response, and writes its body.
    var task: Task<Void, Never>?
    var isAbandoned = false
  }

  private enum Phase {
    case reading
    case suspended
    case answered(HTTPResponse, StreamedBody?)
  }

  init(target: String, connection: OpaquePointer, visitor: Visitor?) {
    self.target = target
    self.connection = connection
    self.visitor = visitor
  }

  /// The response, once there is one, with its body when that comes in pieces.
  var answer: (response: HTTPResponse, body: StreamedBody?)? {
    state.withLock { state in
      if case .answered(let response, let body) = state.phase { (response, body) } else { nil }
    }
  }

  /// Takes the connection out of polling until `resume`.
  func suspend() {
    state.withLock { $0.phase = .suspended }
    MHD_suspend_connection(connection)
  }

  /// Remembers who works on the response, to cancel it when client or server go.
  func setTask(_ task: Task<Void, Never>) {
    let isAbandoned = state.withLock { state in
      state.task = task
      return state.isAbandoned
    }
    if isAbandoned { task.cancel() }
  }

  /// Sets the response and gives the connection back to polling.
  ///
  /// - Returns: `false` when there was a response already.
  @discardableResult
  func resume(with response: HTTPResponse, _ body: StreamedBody? = nil) -> Bool {
    state.withLock { state in
      guard case .suspended = state.phase else { return false }
      state.phase = .answered(response, body)
      // Under the lock, because the connection is gone soon after it was resumed.
      MHD_resume_connection(connection)
      return true
    }
  }

  /// Ends a body that comes in pieces with what is unsent.
  func endStream() {
    guard let body = answer?.body else { return }
    body.finish()
    state.withLock(\.task)?.cancel()
  }

  /// Drops the connection and cancels the work on its response.
  func abandon() {
    let task = state.withLock { state in
      state.isAbandoned = true
      return state.task
    }
    resume(with: .dropped)
    answer?.body?.abort()
    task?.cancel()
  }

  /// The response is sent, or its connection broke.
  func end() {
    guard let body = answer?.body else { return }
    body.abort()
    let task = state.withLock { state in
      state.isAbandoned = true
      return state.task
    }
    task?.cancel()
  }
}
