package import HTTPMessages
package import HTTPServer
package import Service

/// Brings requests from sockets to a service: tells it who the client is.
package struct ServiceDoor: Sendable {
  /// Whom to believe about the clients behind them.
  package var proxies: AddressList
  /// Whether only this machine can reach the address that the server listens on.
  package var isLoopback: Bool
  /// Who may open the socket in the file system.
  package var user: String

  package init(proxies: AddressList, isLoopback: Bool, user: String) {
    self.proxies = proxies
    self.isLoopback = isLoopback
    self.user = user
  }

  /// What a server calls for each request.
  package func responder(to service: Service) -> HTTPServer.Responder {
    { request, peer in
      let (request, client) = visit(request, from: peer)
      let response = await service.handle(request, from: client)
      guard let pieces = response.pieces else { return HTTPAnswer(response.head) }
      return HTTPAnswer(response.head, pieces: pieces)
    }
  }

  /// The request as its client sent it, seen from outside of listed proxies, and that client.
  package func visit(_ request: HTTPRequest, from peer: Peer) -> (HTTPRequest, ServiceClient) {
    guard !peer.isLocal else { return (request, client(.socket(user: user))) }
    let origin = ForwardedOrigin(of: request, from: peer.host, proxies: proxies)
    var request = request
    request.scheme = origin.scheme
    request.authority = origin.authority
    return (request, client(.network(host: origin.address)))
  }

  private func client(_ channel: ServiceClient.Channel) -> ServiceClient {
    ServiceClient(channel, isListenerLoopback: isLoopback)
  }
}
