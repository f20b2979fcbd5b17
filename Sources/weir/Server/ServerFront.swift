import HTTPMessages
import HTTPServer
import OrderedJSON
import Service
import Synchronization

/// Brings requests to the service; until it is there it asks to come again.
final class ServerFront: Sendable {
  private let state = Mutex(State())
  private let door: ServiceDoor

  /// A function that stood in the lock by itself would be wrapped once more each time it is read.
  private struct State {
    var responder: HTTPServer.Responder?
  }

  init(_ door: ServiceDoor) { self.door = door }

  func open(_ service: Service) {
    let responder = door.responder(to: service)
    state.withLock { $0.responder = responder }
  }

  func answer(_ request: HTTPRequest, from peer: Peer) async -> HTTPAnswer {
    guard let responder = state.withLock(\.responder) else {
      return HTTPAnswer(Self.unavailable)
    }
    return await responder(request, peer)
  }

  private static let unavailable: HTTPResponse = {
    let error: JSON = [
      "code": "ServiceUnavailable", "message": "The server is starting; try again in a moment.",
    ]
    return HTTPResponse(
      status: 503,
      headers: ["Content-Type": "application/json; charset=utf-8", "Retry-After": "2"],
      body: JSON.object(["error": error]).bytes
    )
  }()
}
