import CCurl
import HTTPMessages
import Seams
import Testing

@testable import CurlTransport

@Suite struct ConnectionFailureTests {
  private let transport = CurlTransport(userAgent: "weir/test")

  @Test func `a closed port is a connection failure without the query`() async throws {
    var server: LoopbackServer? = try LoopbackServer { _ in .ok }
    let request = HTTPRequest.get(try #require(server), "/?sig=secret")
    server = nil
    let failure = try #require(await transport.failure(request))
    #expect(failure.kind == .connection)
    #expect(failure.message.contains("'\(request.authority)'"))
    #expect(!failure.message.contains("secret"))
  }

  @Test func `a server without TLS is refused over https`() async throws {
    let server = try LoopbackServer(greeting: "HTTP/1.1 400 Bad\r\n\r\n") { _ in .ok }
    var request = HTTPRequest.get(server)
    request.scheme = "https"
    let failure = try #require(await transport.failure(request))
    #expect(failure.kind == .tls)
    #expect(failure.message.contains("wrong version number"))
  }

  @Test(.enabled(if: SecureServer.isAvailable))
  func `a certificate that nobody vouches for is refused`() async throws {
    let server = try SecureServer(CertificateFolder())
    let failure = try #require(await transport.failure(.get(server, "/?sig=secret")))
    #expect(failure.kind == .tls)
    #expect(failure.message.contains("self-signed certificate"))
    #expect(!failure.message.contains("secret"))
  }

  @Test func `a slow body runs into the total timeout`() async throws {
    let server = try LoopbackServer { _ in
      .init("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", .hang)
    }
    var limits = TransferLimits.standard
    limits.totalTimeout = .milliseconds(50)
    let kind = await transport.failureKind(.get(server), limits)
    #expect(kind == .timeout)
  }

  @Test(arguments: [
    (CURLE_COULDNT_RESOLVE_HOST, TransportFailure.Kind.unknownHost),
    (CURLE_COULDNT_RESOLVE_PROXY, .unknownHost), (CURLE_OPERATION_TIMEDOUT, .timeout),
    (CURLE_PEER_FAILED_VERIFICATION, .tls), (CURLE_SSL_CONNECT_ERROR, .tls),
    (CURLE_FILESIZE_EXCEEDED, .tooLarge), (CURLE_URL_MALFORMAT, .invalidRequest),
    (CURLE_GOT_NOTHING, .connection), (CURLE_HTTP2_STREAM, .connection),
  ])
  func `codes of libcurl have a meaning`(_ code: CURLcode, _ kind: TransportFailure.Kind) {
    let failure = TransportFailure(code, authority: "host:1", detail: "")
    #expect(failure.kind == kind)
    #expect(failure.message.contains("'host:1'"))
    #expect(failure.message.hasSuffix("(curl code \(code.rawValue))"))
  }

  @Test func `a peer that hangs up during the handshake may come back`() {
    let detail = "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to host:1"
    let failure = TransportFailure(CURLE_SSL_CONNECT_ERROR, authority: "host:1", detail: detail)
    #expect(failure.kind == .connection)
  }
}
