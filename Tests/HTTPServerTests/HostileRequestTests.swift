import HTTPMessages
import HTTPServer
import Testing

/// Requests that two readers could understand differently, or that exceed a limit.
@Suite(.serialized)
struct HostileRequestTests {
  private static let good = "GET /fine HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"

  private func answer(_ request: String, limits: ServerLimits = ServerLimits()) async throws
    -> String
  {
    var settings = ServerSettings()
    settings.limits = limits
    settings.limits.idleSeconds = 1
    settings.limits.headerTime = .milliseconds(200)
    settings.limits.bodyTime = .milliseconds(200)
    settings.headers = .security(isSecure: false)
    let address = ListenAddress(host: "127.0.0.1", port: 0)
    let server = try HTTPServer(on: address, settings: settings) { request, _ in
      let text = "\(request.method) \(request.authority) \(request.target) "
      return HTTPResponse(status: 200, body: Array(text.utf8) + request.body)
    }
    let client = WireClient(port: server.address.port)
    let answer = await client.exchange(request)
    let after = await client.exchange(Self.good)
    #expect(after.hasPrefix("HTTP/1.1 200 "), "the server still serves")
    await server.stop(within: .seconds(1))
    return answer
  }

  @Test(
    arguments: [
      ("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
      ("Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400),
      ("Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
      ("Content-Length: +3\r\n\r\nabc", 400),
      ("Content-Length: -1\r\n\r\n", 400),
      ("Content-Length: 3, 3\r\n\r\nabc", 400),
      ("Content-Length: 99999999999999999999999\r\n\r\nabc", 413),
      ("Transfer-Encoding: gzip\r\n\r\nabc", 501),
      ("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 501),
      ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
      ("Transfer-Encoding: chu\r\n nked\r\n\r\n0\r\n\r\n", 400),
      ("Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", 400),
      ("X-Fold: a\r\n b\r\n\r\n", 400),
      ("X-Fold: a\r\n\tb\r\nX-More: c\r\n\r\n", 400),
      ("X-Null: a\0b\r\nX-More: c\r\n\r\n", 400),
      ("X-Null: a\0b\r\n\r\n", 400),
      ("X-Null: a\0\0\0b\r\n\r\n", 400),
      ("X-Null: a\0\r\nX-More: c\r\n\r\n", 400),
      ("X Space: a\r\n\r\n", 400),
      ("X-Space : a\r\n\r\n", 400),
      ("X-Bell: a\u{7}\r\n\r\n", 400),
      (": a\r\n\r\n", 400),
      ("no colon\r\n\r\n", 400),
      ("Host: other\r\n\r\n", 400),
      ("Expect: miracles\r\n\r\n", 417),
    ]
  )
  func `a header that can be misread is refused`(_ rest: String, _ status: Int) async throws {
    let answer = try await answer("POST / HTTP/1.1\r\nHost: h\r\n" + rest)
    #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
  }

  @Test(
    arguments: [
      ("GET / HTTP/1.1\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost: user@h\r\n\r\n", 400),
      ("GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505),
      ("G@T / HTTP/1.1\r\nHost: h\r\n\r\n", 400),
      ("GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", 400),
      ("GET path HTTP/1.1\r\nHost: h\r\n\r\n", 400),
      ("GET * HTTP/1.1\r\nHost: h\r\n\r\n", 400),
      ("GET http:// HTTP/1.1\r\nHost: h\r\n\r\n", 400),
      ("CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n", 400),
      ("GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", 400),
      ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ]
  )
  func `a first line that can be misread is refused`(_ request: String, _ status: Int) async throws
  {
    let answer = try await answer(request)
    #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
  }

  @Test func `a refusal says so in JSON, with security headers, and closes`() async throws {
    let answer = try await answer("GET / HTTP/1.1\r\n\r\n")
    #expect(answer.contains("Content-Type: application/json; charset=utf-8\r\n"))
    #expect(answer.contains("X-Content-Type-Options: nosniff\r\n"))
    #expect(answer.contains("Connection: close\r\n"))
    let body = #"{"error":{"code":"BadRequest","message":"The request has no Host field."}}"#
    #expect(answer.hasSuffix("\r\n\r\n" + body))
  }

  @Test(
    arguments: [
      ("GET http://other:8080/x?y=1 HTTP/1.1\r\nHost: h\r\n", "GET other:8080 /x?y=1 "),
      ("GET http://other?y HTTP/1.1\r\nHost: h\r\n", "GET other /?y "),
      ("OPTIONS * HTTP/1.1\r\nHost: h\r\n", "OPTIONS h * "),
      ("BREW /pot HTTP/1.1\r\nHost: h\r\n", "BREW h /pot "),
      ("get / HTTP/1.1\r\nHost: h\r\n", "get h / "),
      ("GET / HTTP/1.0\r\n", "GET  / "),
      ("\r\nGET / HTTP/1.1\r\nHost: h\r\n", "GET h / "),
      ("GET / HTTP/1.1\nHost: h\n", "GET h / "),
      ("GET / HTTP/1.1\r\nHost:h  \r\nX-Empty:\r\nX-Last: \r\n", "GET h / "),
    ]
  )
  func `an unusual request is served`(_ request: String, _ expected: String) async throws {
    let answer = try await answer(request + "Connection: close\r\n\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(answer)")
    #expect(answer.hasSuffix("\r\n\r\n" + expected))
  }

  @Test func `headers over the limit get 431 in JSON`() async throws {
    let long = String(repeating: "x", count: 20_000)
    let answer = try await answer("GET / HTTP/1.1\r\nHost: h\r\nX-Long: \(long)\r\n\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 431 "))
    #expect(answer.contains(#""code":"RequestHeaderFieldsTooLarge""#))
  }

  @Test func `too many headers get 431`() async throws {
    let fields = (0..<200).map { "X-\($0): \($0)\r\n" }.joined()
    let answer = try await answer("GET / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 431 "))
  }

  @Test func `as many headers as allowed arrive one by one`() async throws {
    let fields = (0..<100).map { "X-\($0): \(String(repeating: "v", count: 100))\r\n" }.joined()
    let answer = try await answer(
      "GET /many HTTP/1.1\r\nHost: h\r\n\(fields)Connection: close\r\n\r\n"
    )
    #expect(answer.hasSuffix("GET h /many "))
  }

  @Test func `bodies that arrive together stay within a budget`() async throws {
    var limits = ServerLimits()
    limits.arrivingBytes = 1000
    let body = String(repeating: "x", count: 2000)
    let answer = try await answer(
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2000\r\n\r\n\(body)",
      limits: limits
    )
    #expect(answer.hasPrefix("HTTP/1.1 503 "))
    #expect(answer.contains("Retry-After: 5\r\n"))
  }
}
