import HTTPMessages
import HTTPServer
import OrderedJSON
import Service
import Synchronization

/// Brings requests to the service; until it is there, and once it stops, it asks to come again.
final class ServerFront: Sendable {
  private let service = Mutex<Service?>(nil)
  private let proxies: AddressList
  private let isLoopback: Bool
  private let user: String

  /// `user` is who comes through the socket in the file system.
  init(proxies: AddressList, isLoopback: Bool, user: String) {
    self.proxies = proxies
    self.isLoopback = isLoopback
    self.user = user
  }

  var isOpen: Bool { service.withLock { $0 != nil } }

  func open(_ service: Service) { self.service.withLock { $0 = service } }

  func close() { service.withLock { $0 = nil } }

  func answer(_ request: HTTPRequest, from peer: Peer) async -> HTTPAnswer {
    guard let service = service.withLock({ $0 }) else { return HTTPAnswer(Self.unavailable) }
    guard !peer.isLocal else {
      let client = ServiceClient(.socket(user: user), isListenerLoopback: true)
      return Self.answer(await service.handle(request, from: client))
    }
    let origin = ForwardedOrigin(of: request, from: peer.host, proxies: proxies)
    var request = request
    request.scheme = origin.scheme
    request.authority = origin.authority
    let client = ServiceClient(
      .network(host: origin.address),
      isListenerLoopback: isLoopback
    )
    return Self.answer(await service.handle(request, from: client))
  }

  private static func answer(_ response: ServiceResponse) -> HTTPAnswer {
    guard let pieces = response.pieces else { return HTTPAnswer(response.head) }
    return HTTPAnswer(response.head, pieces: pieces)
  }

  private static let unavailable: HTTPResponse = {
    let error: JSON = [
      "code": "ServiceUnavailable", "message": "The server starts or stops; try again in a moment.",
    ]
    return HTTPResponse(
      status: 503,
      headers: ["Content-Type": "application/json; charset=utf-8", "Retry-After": "2"],
      body: JSON.object(["error": error]).bytes
    )
  }()
}
