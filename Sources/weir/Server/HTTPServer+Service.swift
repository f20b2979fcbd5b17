import Diagnostics
import HTTPMessages
import HTTPServer
import Service

extension HTTPServer {
  /// Serves the REST API on an address, and on the socket in the file system that the settings name.
  ///
  /// Whoever comes through that socket is `user`.
  ///
  /// - Throws: As the server's own initialisers.
  convenience init(
    on address: ListenAddress,
    settings: ServerSettings = ServerSettings(),
    serving service: Service,
    user: String
  ) throws(Diagnostic) {
    let isLoopback = address.isLoopback
    try self.init(
      on: address,
      settings: settings,
      answering: { request, peer in
        let channel: ServiceClient.Channel =
          peer.isLocal ? .socket(user: user) : .network(host: peer.host)
        let client = ServiceClient(channel, isListenerLoopback: isLoopback)
        return HTTPAnswer(await service.handle(request, from: client))
      }
    )
  }
}

extension HTTPAnswer {
  fileprivate init(_ response: ServiceResponse) {
    if let pieces = response.pieces {
      self.init(response.head, pieces: pieces)
    } else {
      self.init(response.head)
    }
  }
}
