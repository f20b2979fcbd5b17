import CurlTransport
import HTTPMessages
import Seams
import Testing

/// What comes over the wire.
@Suite struct ResponseWireTests {
  private let transport = CurlTransport(userAgent: "weir/test")

  private func response(_ reply: LoopbackServer.Reply, _ request: HTTPRequest? = nil) async throws
    -> HTTPResponse
  {
    let server = try LoopbackServer { _ in reply }
    var request = request ?? .get(server)
    request.authority = server.authority
    return try await transport.send(request, limits: .standard)
  }

  private func failure(_ reply: LoopbackServer.Reply, limit: Int = 1000) async throws
    -> TransportFailure?
  {
    let server = try LoopbackServer { _ in reply }
    var limits = TransferLimits.standard
    limits.responseByteCount = limit
    return await transport.failure(.get(server, "/?q=secret"), limits)
  }

  @Test func `header names keep their spelling, repeated and folded ones their values`()
    async throws
  {
    let response = try await response(
      .init(
        """
        HTTP/1.1 200 OK\r\nX-mIxEd:  a:b \r\nSet-Cookie: a\r\nset-cookie: b\r\nX-Folded: one\r
         two\r\nX-Empty:\r\nX-É: é\r\nContent-Length: 2\r\n\r\nok
        """
      )
    )
    #expect(
      response.headers
        == HTTPFields([
          .init(name: "X-mIxEd", value: "a:b"), .init(name: "Set-Cookie", value: "a"),
          .init(name: "set-cookie", value: "b"), .init(name: "X-Folded", value: "one two"),
          .init(name: "X-Empty", value: ""), .init(name: "X-É", value: "é"),
          .init(name: "Content-Length", value: "2"),
        ])
    )
    #expect(response.body == Array("ok".utf8))
  }

  @Test func `interim responses are ignored`() async throws {
    let response = try await response(
      .init(
        "HTTP/1.1 100 Continue\r\nA: 1\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
          + "HTTP/1.1 201 Created\r\nB: 2\r\nContent-Length: 0\r\n\r\n"
      )
    )
    #expect(response.status == 201)
    #expect(response.headers.fields.map(\.name) == ["B", "Content-Length"])
  }

  @Test func `a chunked body is joined and its trailers are dropped`() async throws {
    let response = try await response(
      .init(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n"
          + "Trailer: 1\r\n\r\n"
      )
    )
    #expect(response.body == Array("abcde".utf8))
    #expect(response.headers["Trailer"] == nil)
  }

  @Test func `a body without a length ends with its connection`() async throws {
    let response = try await response(.init("HTTP/1.0 200 OK\r\n\r\nabc", .close))
    #expect(response.body == Array("abc".utf8))
  }

  @Test func `a HEAD response has no body, whatever it announces`() async throws {
    let request = HTTPRequest(method: "HEAD", scheme: "http", authority: "x", target: "/")
    let reply = LoopbackServer.Reply("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n")
    let response = try await response(reply, request)
    #expect(response.body.isEmpty)
    #expect(response.headers["Content-Length"] == "999999999999")
  }

  @Test(arguments: [
    LoopbackServer.Reply("", .close),
    .init("HTTP/1.1 200", .close),
    .init("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", .close),
    .init("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", .close),
    .init("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", .close),
    .init("not http at all\r\n\r\n", .close),
    .init("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", .close),
  ])
  func `a broken response is a connection failure`(_ reply: LoopbackServer.Reply) async throws {
    let failure = try #require(try await failure(reply))
    #expect(failure.kind == .connection)
    #expect(failure.isTransient)
    #expect(!failure.message.contains("secret"))
  }

  @Test(arguments: [
    LoopbackServer.Reply("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", .hang),
    .init(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n"
        + String(repeating: "x", count: 1001),
      .hang
    ),
    .init("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 1001), .hang),
    .init(
      "HTTP/1.1 200 OK\r\n"
        + String(repeating: "X-Long: \(String(repeating: "x", count: 4000))\r\n", count: 100),
      .hang
    ),
    .init(
      head: "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n",
      body: bomb,
      .hang
    ),
  ])
  func `an oversized response is aborted while it comes`(_ reply: LoopbackServer.Reply)
    async throws
  {
    let failure = try await failure(reply)
    #expect(failure?.kind == .tooLarge)
  }

  @Test func `compression that the caller did not ask for is removed`() async throws {
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(hello.count)\r\n\r\n"
    let plain = try await response(.init(head: head, body: hello))
    #expect(plain == HTTPResponse(status: 200, body: Array("hello\n".utf8)))
    let request = HTTPRequest(
      method: "GET",
      scheme: "http",
      authority: "x",
      target: "/",
      headers: ["accept-encoding": "gzip"]
    )
    let packed = try await response(.init(head: head, body: hello), request)
    #expect(packed.body == hello)
    #expect(packed.headers["Content-Encoding"] == "gzip")
  }
}

// printf 'hello\n' | gzip -n
private let hello: [UInt8] = [
  0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0xE7,
  0x02, 0x00, 0x20, 0x30, 0x3A, 0x36, 0x06, 0x00, 0x00, 0x00,
]

// head -c 1001 /dev/zero | gzip -n
private let bomb: [UInt8] = [
  0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x63, 0x60, 0x18, 0x05, 0xA3, 0x60,
  0x14, 0x0C, 0x7B, 0x00, 0x00, 0xBA, 0x67, 0xBC, 0x3F, 0xE9, 0x03, 0x00, 0x00,
]
