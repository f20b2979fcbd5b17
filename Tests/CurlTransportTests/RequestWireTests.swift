import CurlTransport
import HTTPMessages
import Seams
import Testing

/// What goes over the wire.
@Suite struct RequestWireTests {
  private let server: LoopbackServer
  private let transport = CurlTransport(userAgent: "weir/test")

  init() throws { server = try LoopbackServer { _ in .ok } }

  private func wire(_ request: HTTPRequest) async throws -> String {
    _ = try await transport.send(request, limits: .standard)
    return try #require(server.requests.last)
  }

  private func request(
    _ method: String,
    _ target: String = "/x",
    headers: HTTPFields = HTTPFields(),
    body: String = ""
  ) -> HTTPRequest {
    HTTPRequest(
      method: method,
      scheme: "http",
      authority: server.authority,
      target: target,
      headers: headers,
      body: Array(body.utf8)
    )
  }

  @Test(arguments: [
    "/a/./../b//c", "/?", "/%7e%2F%2e?x=a'b|c{}[]&y=%C3%A9", "/é?q=ü", "/a?b?c=d", "/a;p=1,2",
  ])
  func `the target goes out as given`(_ target: String) async throws {
    let wire = try await wire(request("GET", target))
    #expect(wire.hasPrefix("GET \(target) HTTP/1.1\r\n"))
  }

  @Test func `nothing is added but Host, User-Agent and Accept-Encoding`() async throws {
    let wire = try await wire(request("GET"))
    #expect(
      Set(wire.split(separator: "\r\n").dropFirst()) == [
        "Host: \(server.authority)"[...], "User-Agent: weir/test", "Accept-Encoding: gzip, deflate",
      ]
    )
  }

  @Test func `headers go out in their spelling, order and number, after Host`() async throws {
    let headers: HTTPFields = [
      "x-B": "1", "X-a": "ä; \"q\"", "X-Empty": "", "x-B": "2", "Accept": "text/plain",
      "accept-encoding": "identity", "user-agent": "mine", "HOST": "other.example",
      "Content-Type": "text/plain", "Content-Length": "999",
    ]
    let wire = try await wire(request("POST", headers: headers, body: "héllo"))
    let lines = wire.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    let sent = lines.dropFirst().prefix { !$0.isEmpty }
    #expect(sent.contains("Content-Length: 6"))
    #expect(
      sent.filter { $0 != "Content-Length: 6" } == [
        "Host: other.example", "x-B: 1", "X-a: ä; \"q\"", "X-Empty:", "x-B: 2",
        "Accept: text/plain", "accept-encoding: identity", "user-agent: mine",
        "Content-Type: text/plain",
      ]
    )
    #expect(lines.last == "héllo")
  }

  @Test(arguments: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"])
  func `every method carries a body`(_ method: String) async throws {
    let body = String(repeating: "b", count: 2_000_000)
    let wire = try await wire(request(method, body: body))
    #expect(wire.hasPrefix("\(method) /x HTTP/1.1\r\n"))
    #expect(wire.hasSuffix("\r\n\r\n\(body)"))
    #expect(!wire.contains("Expect"))
    #expect(!wire.contains("Content-Type"))
  }

  @Test(arguments: [
    ("GET", false), ("DELETE", false), ("HEAD", false), ("OPTIONS", false), ("POST", true),
    ("PUT", true), ("PATCH", true),
  ])
  func `only methods that expect a body announce an empty one`(
    _ method: String,
    _ isAnnounced: Bool
  ) async throws {
    let wire = try await wire(request(method))
    #expect(wire.hasPrefix("\(method) /x HTTP/1.1\r\n"))
    #expect(wire.contains("Content-Length: 0\r\n") == isAnnounced)
  }

  @Test func `whatever came before, a request goes out as from a new handle`() async throws {
    let special: HTTPFields = [
      "X-Secret": "1", "Accept": "a/b", "accept-encoding": "identity", "user-agent": "mine",
    ]
    let requests = [
      request("GET"), request("HEAD"), request("POST"), request("POST", "/y?z", body: "body"),
      request("PATCH", headers: special, body: "b"), request("DELETE"),
      request("DELETE", body: "b"), request("GET", headers: special),
    ]
    var fresh: [String] = []
    for request in requests {
      let transport = CurlTransport(userAgent: "weir/test")
      _ = try await transport.send(request, limits: .standard)
      fresh.append(try #require(server.requests.last))
      await transport.close()
    }
    for first in requests {
      for (second, expected) in zip(requests, fresh) {
        _ = try await wire(first)
        #expect(try await wire(second) == expected)
      }
    }
    #expect(server.connectionCount == requests.count + 1)
  }

  @Test func `limits of one request do not reach the next`() async throws {
    var limits = TransferLimits.standard
    limits.socketPath = "/nowhere/at/all"
    limits.avoidsProxy = true
    limits.responseByteCount = 1
    limits.totalTimeout = .milliseconds(1)
    await #expect(throws: TransportFailure.self) {
      try await transport.send(request("POST", body: "b"), limits: limits)
    }
    #expect(try await wire(request("GET")).hasPrefix("GET /x HTTP/1.1\r\n"))
  }
}
