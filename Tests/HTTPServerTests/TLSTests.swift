import CurlTransport
import Diagnostics
import Fixtures
import Foundation
import HTTPMessages
import HTTPServer
import Seams
import Testing

/// TLS by files in `Data`, which `openssl req -x509` made for 127.0.0.1.
@Suite(.serialized)
struct TLSTests {
  private static func file(_ name: String) -> String {
    Fixtures.root.appending(path: "Tests/HTTPServerTests/Data/\(name)").path
  }

  private func serve() throws -> HTTPServer {
    var settings = ServerSettings()
    settings.limits.headerTime = .milliseconds(200)
    settings.certificate = try ServerCertificate(
      chainFile: Self.file("server.pem"),
      keyFile: Self.file("server.key")
    )
    let address = ListenAddress(host: "127.0.0.1", port: 0)
    return try HTTPServer(on: address, settings: settings) { request, _ -> HTTPAnswer in
      guard request.target == "/stream" else {
        return HTTPAnswer(HTTPResponse(status: 200, body: Array(request.url.utf8) + request.body))
      }
      let pieces = AsyncStream<[UInt8]> { continuation in
        for number in 0..<5 { continuation.yield(Array("piece \(number) ".utf8)) }
        continuation.finish()
      }
      return HTTPAnswer(HTTPResponse(status: 200), pieces: pieces)
    }
  }

  private func answer(_ server: HTTPServer, _ target: String, _ body: [UInt8] = []) async throws
    -> String
  {
    let transport = CurlTransport(
      userAgent: "weir/test",
      certificateFile: Self.file("server.pem")
    )
    let request = HTTPRequest(
      method: "POST",
      scheme: "https",
      authority: server.address.description,
      target: target,
      body: body
    )
    let response = try await transport.send(request, limits: .standard)
    await transport.close()
    return String(decoding: response.body, as: UTF8.self)
  }

  @Test func `requests and large bodies pass, and the scheme is known`() async throws {
    let server = try serve()
    let body = [UInt8](repeating: 0x78, count: 3_000_000)
    let answer = try await answer(server, "/a?b", body)
    #expect(answer.hasPrefix("https://\(server.address)/a?bxxx"))
    #expect(answer.utf8.count == body.count + "https://\(server.address)/a?b".utf8.count)
    await server.stop()
  }

  @Test func `a body in pieces passes`() async throws {
    let server = try serve()
    let answer = try await answer(server, "/stream")
    #expect(answer == "piece 0 piece 1 piece 2 piece 3 piece 4 ")
    await server.stop()
  }

  @Test func `a client without TLS, or without a word, is closed`() async throws {
    let server = try serve()
    let client = WireClient(port: server.address.port)
    #expect(await !client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n").contains("200"))
    #expect(await client.exchange("").isEmpty)
    #expect(try await answer(server, "/after").hasSuffix("/after"))
    await server.stop()
  }

  @Test(
    arguments: [
      ("missing.pem", "server.key", DiagnosticCode.unreadableServerCertificate),
      ("server.pem", "missing.key", .unreadableServerCertificate),
      ("", "server.key", .unreadableServerCertificate),
      ("server.key", "server.key", .unusableServerCertificate),
      ("server.pem", "server.pem", .unusableServerCertificate),
      ("server.pem", "locked.key", .unusableServerCertificate),
      ("server.pem", "other.key", .mismatchedServerKey),
    ]
  )
  func `files that do not serve are named`(
    _ chain: String,
    _ key: String,
    _ code: DiagnosticCode
  ) throws {
    let problem = #expect(throws: Diagnostic.self) {
      try ServerCertificate(chainFile: Self.file(chain), keyFile: Self.file(key))
    }
    #expect(problem?.code == code)
  }
}
