import CurlTransport
import HTTPMessages
import Seams
import Testing

/// A server that others wrote, as the other side of the wire.
@Suite(
  .enabled(if: NginxServer.isAvailable, "nginx is not installed"),
  .enabled(if: CertificateFolder.isAvailable, "openssl is not installed")
)
struct NginxTests {
  /// Ways to reach the server, with the version that is agreed upon.
  enum Way: String, CaseIterable {
    case plain = "HTTP/1.1"
    case secure = "HTTP/2.0"
    /// TLS, but no other version is offered.
    case older = "HTTP/1.1 over TLS"

    var version: Substring { rawValue.prefix(8) }
  }

  private let certificates: CertificateFolder
  private let server: NginxServer
  private let transport: CurlTransport

  init() throws {
    certificates = try CertificateFolder()
    server = try NginxServer(certificates)
    let authorities = certificates.path("server.pem")
    transport = CurlTransport(userAgent: "weir/test", certificateFile: authorities)
  }

  private func request(_ path: String, _ way: Way, method: String = "GET") -> HTTPRequest {
    let authority =
      switch way {
      case .plain: server.authority
      case .secure: server.secureAuthority
      case .older: server.olderAuthority
      }
    let scheme = way == .plain ? "http" : "https"
    return HTTPRequest(method: method, scheme: scheme, authority: authority, target: path)
  }

  private func get(_ path: String, _ way: Way) async throws -> HTTPResponse {
    try await transport.send(request(path, way), limits: .standard)
  }

  private func text(_ response: HTTPResponse) -> String {
    String(decoding: response.body, as: UTF8.self)
  }

  @Test(arguments: Way.allCases)
  func `the version is agreed upon, and compression is offered`(_ way: Way) async throws {
    #expect(text(try await get("/version", way)).hasPrefix("\(way.version) gzip"))
  }

  @Test(arguments: Way.allCases)
  func `a compressed page comes whole`(_ way: Way) async throws {
    let response = try await get("/page.json", way)
    #expect(response.status == 200)
    #expect(text(response) == NginxServer.page)
    #expect(response.headers["Content-Type"] == "application/json")
  }

  @Test(arguments: Way.allCases)
  func `redirects, refusals and empty answers come as they are`(_ way: Way) async throws {
    let moved = try await get("/moved", way)
    #expect(moved.status == 302)
    #expect(moved.headers["Location"]?.hasSuffix("/page.json") == true)
    let limited = try await get("/limited", way)
    #expect(limited.status == 429 && limited.headers["Retry-After"] == "7")
    let nothing = try await get("/nothing", way)
    #expect(nothing.status == 204 && nothing.body.isEmpty)
    let head = try await transport.send(
      request("/page.json", way, method: "HEAD"),
      limits: .standard
    )
    #expect(head.status == 200 && head.body.isEmpty)
  }

  @Test(arguments: Way.allCases, ["POST", "PUT", "PATCH", "DELETE"])
  func `target, headers and body go out as they are`(_ way: Way, method: String) async throws {
    var request = request("/echo/a%2Fb/%C3%A9?q=1%262&q=+", way, method: method)
    request.headers["X-Seen"] = "one, two"
    request.body = [UInt8](repeating: 65, count: 100_000)
    let response = try await transport.send(request, limits: .standard)
    #expect(text(response) == "\(method) /echo/a%2Fb/%C3%A9?q=1%262&q=+ 100000")
    #expect(response.headers["x-seen"] == "one, two")
  }

  @Test func `requests at once share one connection of HTTP 2`() async throws {
    let connections = try await withThrowingTaskGroup { group in
      for _ in 0..<40 { group.addTask { text(try await get("/connection", .secure)) } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(connections.count == 1)
  }

  @Test func `a stream that is cut off leaves the others of its connection alone`() async throws {
    let first = text(try await get("/connection", .secure))
    var limits = TransferLimits.standard
    limits.responseByteCount = 1_000
    async let cut = transport.failureKind(request("/page.json", .secure), limits)
    async let whole = get("/page.json", .secure)
    #expect(await cut == .tooLarge)
    #expect(text(try await whole) == NginxServer.page)
    #expect(text(try await get("/connection", .secure)) == first)
  }
}
