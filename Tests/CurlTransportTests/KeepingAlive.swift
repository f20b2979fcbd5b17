import CurlTransport
import HTTPMessages
import Seams

/// A transport together with the server that it talks to.
struct KeepingAlive: HTTPTransport {
  let server: LoopbackServer
  private let transport = CurlTransport(userAgent: "weir/test")

  init(server: LoopbackServer) { self.server = server }

  func send(_ request: HTTPRequest, limits: TransferLimits) async throws(TransportFailure)
    -> HTTPResponse
  {
    try await transport.send(request, limits: limits)
  }
}
