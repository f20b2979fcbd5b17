import CurlTransport
import HTTPMessages
import HTTPServer
import OrderedJSON
import Seams
import Synchronization
import Testing

/// A service on this machine that takes subscriptions and calls back.
final class WebhookService: Sendable {
  /// How it tells what a subscription is called.
  enum Naming: Sendable, CaseIterable {
    /// A `Location` without scheme and host.
    case relativeLocation
    case absoluteLocation
    /// The `id` of the answer.
    case identifier
  }

  private struct State {
    var subscribers: [String: String] = [:]
    var requests: [HTTPRequest] = []
    var count = 0
  }

  private final class Memory: Sendable {
    let state = Mutex(State())
  }

  private let server: HTTPServer
  private let memory: Memory
  private let transport = CurlTransport(userAgent: "service/1")

  init(_ naming: Naming) throws {
    let memory = Memory()
    self.memory = memory
    server = try HTTPServer(on: ListenAddress(host: "127.0.0.1", port: 0)) { request, _ in
      memory.state.withLock { state in
        state.requests.append(request)
        guard request.headers["X-Key"] == "k-1" else { return HTTPResponse(status: 401) }
        if request.method == "POST", request.path == "/v1/hooks" {
          return Self.subscribe(request, naming, &state)
        }
        let id = request.path.split(separator: "/").last.map(String.init) ?? ""
        let isKnown = request.method == "DELETE" && state.subscribers.removeValue(forKey: id) != nil
        return HTTPResponse(status: isKnown ? 204 : 404)
      }
    }
  }

  var address: String { "\(server.address)" }

  /// What came in, in order.
  var requests: [HTTPRequest] { memory.state.withLock { $0.requests } }

  /// Who is to be called back.
  var subscribers: [String] { memory.state.withLock { Array($0.subscribers.values) } }

  func stop() async { await server.stop(within: .zero) }

  /// Calls everybody back; returns what they answered.
  func notify(_ body: String, type: String, method: String = "POST") async throws -> [Int] {
    var statuses: [Int] = []
    for subscriber in subscribers {
      var request = try #require(HTTPRequest(method: method, url: subscriber))
      request.headers["Content-Type"] = type
      request.headers["X-Event"] = "changed"
      request.body = Array(body.utf8)
      statuses.append(try await transport.send(request, limits: .standard).status)
    }
    return statuses
  }

  private static func subscribe(_ request: HTTPRequest, _ naming: Naming, _ state: inout State)
    -> HTTPResponse
  {
    guard let target = (try? JSON(parsing: request.body))?["hook"]?["url"]?.stringValue else {
      return HTTPResponse(status: 400)
    }
    state.count += 1
    let id = "s\(state.count)"
    state.subscribers[id] = target
    var response = HTTPResponse(status: 201)
    switch naming {
    case .relativeLocation: response.headers["Location"] = "hooks/\(id)"
    case .absoluteLocation:
      response.headers["Location"] = "http://\(request.authority)/v1/hooks/\(id)"
    case .identifier:
      response.headers["Content-Type"] = "application/json"
      response.body = JSON.object(["id": .string(id)]).bytes
    }
    return response
  }
}
