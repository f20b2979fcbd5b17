import CurlTransport
import HTTPMessages
import Seams
import Testing

/// A server that others wrote, as the other side of the wire.
@Suite(.enabled(if: NginxServer.isAvailable, "nginx is not installed"))
struct NginxTests {
  private let transport = CurlTransport(userAgent: "weir/test")

  private func get(_ path: String, _ server: NginxServer) async throws -> HTTPResponse {
    let request = HTTPRequest(
      method: "GET",
      scheme: "http",
      authority: server.authority,
      target: path
    )
    return try await transport.send(request, limits: .standard)
  }

  @Test func `a compressed page in chunks comes whole`() async throws {
    let server = try NginxServer()
    let response = try await get("/page.json", server)
    #expect(response.status == 200)
    #expect(String(decoding: response.body, as: UTF8.self) == NginxServer.page)
    #expect(response.headers["Content-Type"] == "application/json")
  }

  @Test func `plain HTTP speaks version 1_1 and offers compression`() async throws {
    let server = try NginxServer()
    let text = String(decoding: try await get("/version", server).body, as: UTF8.self)
    #expect(text.hasPrefix("HTTP/1.1 gzip"))
  }

  @Test func `redirects and refusals come as they are`() async throws {
    let server = try NginxServer()
    let moved = try await get("/moved", server)
    #expect(moved.status == 302)
    #expect(moved.headers["Location"]?.hasSuffix("/page.json") == true)
    let limited = try await get("/limited", server)
    #expect(limited.status == 429 && limited.headers["Retry-After"] == "7")
  }
}
