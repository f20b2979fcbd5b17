import HTTPMessages
import HTTPServer
import Synchronization

/// A service whose answers wait until the test lets them go.
final class HeldService: Sendable {
  private struct State {
    var paths: [String] = []
    var isHeld = true
    var held: [CheckedContinuation<Void, Never>] = []
  }

  private final class Desk: Sendable {
    let state = Mutex(State())
  }

  private let desk = Desk()
  private let server: HTTPServer

  init() throws {
    let desk = desk
    server = try HTTPServer(on: ListenAddress(host: "127.0.0.1", port: 0)) { request, _ in
      await withCheckedContinuation { continuation in
        let isHeld = desk.state.withLock { state in
          state.paths.append(request.path)
          if state.isHeld { state.held.append(continuation) }
          return state.isHeld
        }
        if !isHeld { continuation.resume() }
      }
      return HTTPResponse(status: 200)
    }
  }

  var url: String { "http://\(server.address)" }

  /// The paths of all requests, in the order of their arrival.
  var paths: [String] { desk.state.withLock { $0.paths } }

  /// Answers everything that waits, and from now on at once.
  func release() {
    let held = desk.state.withLock { state in
      defer {
        state.isHeld = false
        state.held = []
      }
      return state.held
    }
    for continuation in held { continuation.resume() }
  }

  func stop() async {
    release()
    await server.stop()
  }
}
