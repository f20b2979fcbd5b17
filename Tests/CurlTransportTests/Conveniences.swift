import HTTPMessages
import Seams

extension LoopbackServer.Reply {
  static let ok = Self("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

  init(_ response: HTTPResponse) {
    var head = "HTTP/1.1 \(response.status) Status\r\n"
    for field in response.headers.fields { head += "\(field.name): \(field.value)\r\n" }
    if response.status != 204 { head += "Content-Length: \(response.body.count)\r\n" }
    self.init(head: head + "\r\n", body: response.body)
  }
}

extension HTTPRequest {
  static func get(_ server: LoopbackServer, _ target: String = "/") -> HTTPRequest {
    HTTPRequest(method: "GET", scheme: "http", authority: server.authority, target: target)
  }

  static func get(_ server: SecureServer, _ target: String = "/") -> HTTPRequest {
    HTTPRequest(method: "GET", scheme: "https", authority: server.authority, target: target)
  }
}

extension HTTPTransport {
  /// How a request fails; `nil` when there is a response.
  func failure(_ request: HTTPRequest, _ limits: TransferLimits = .standard) async
    -> TransportFailure?
  {
    do throws(TransportFailure) {
      _ = try await send(request, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  func failureKind(_ request: HTTPRequest, _ limits: TransferLimits = .standard) async
    -> TransportFailure.Kind?
  {
    await failure(request, limits)?.kind
  }
}
