import HTTPMessages
import HTTPServer
import OrderedJSON
import Service
import Synchronization

/// Brings requests to the service; until it is there it asks to come again.
final class ServerFront: Sendable {
  private let responder = Mutex<HTTPServer.Responder?>(nil)
  private let door: ServiceDoor

  init(_ door: ServiceDoor) { self.door = door }

  func open(_ service: Service) {
    let responder = door.responder(to: service)
    self.responder.withLock { $0 = responder }
  }

  func answer(_ request: HTTPRequest, from peer: Peer) async -> HTTPAnswer {
    guard let responder = responder.withLock({ $0 }) else { return HTTPAnswer(Self.unavailable) }
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
