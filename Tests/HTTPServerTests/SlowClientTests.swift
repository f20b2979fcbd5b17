import HTTPMessages
import HTTPServer
import Testing

/// Clients that take connections and give nothing.
@Suite(.serialized)
struct SlowClientTests {
  private func serve<Result>(
    _ change: (inout ServerLimits) -> Void,
    _ body: (WireClient, HTTPServer) async throws -> Result
  ) async throws -> Result {
    var settings = ServerSettings()
    settings.limits.idleSeconds = 60
    change(&settings.limits)
    let address = ListenAddress(host: "127.0.0.1", port: 0)
    let server = try HTTPServer(on: address, settings: settings) { request, _ in
      HTTPResponse(status: 200, body: request.body)
    }
    let result = try await body(WireClient(port: server.address.port), server)
    await server.stop(within: .seconds(1))
    return result
  }

  @Test(arguments: ["", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: h\r\nX-Slow: "])
  func `a request that does not get to its end is told so`(_ start: String) async throws {
    let answer = try await serve({ $0.headerTime = .milliseconds(30) }) { client, _ in
      await client.exchange(start)
    }
    #expect(answer.hasPrefix("HTTP/1.1 408 "))
    #expect(answer.contains(#"{"error":{"code":"RequestTimeout","#))
  }

  @Test(arguments: ["Content-Length: 10", "Transfer-Encoding: chunked"])
  func `a body that does not get to its end is told so`(_ framing: String) async throws {
    let answer = try await serve({ $0.bodyTime = .milliseconds(30) }) { client, _ in
      await client.exchange("POST / HTTP/1.1\r\nHost: h\r\n\(framing)\r\n\r\n1\r\na\r\n")
    }
    #expect(answer.hasPrefix("HTTP/1.1 408 "))
  }

  @Test func `a body has a second more for as many bytes as must come in a second`() {
    var limits = ServerLimits()
    limits.bodyTime = .seconds(20)
    limits.bodyRate = 1000
    #expect(limits.bodyTime(for: 0) == .seconds(20))
    #expect(limits.bodyTime(for: 999) == .seconds(20))
    #expect(limits.bodyTime(for: 1_000_000) == .seconds(1020))
  }

  @Test func `a connection without a next request is closed without a word`() async throws {
    let answer = try await serve({
      $0.idleSeconds = 1
      $0.headerTime = .milliseconds(20)
    }) { client, _ in
      await client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    }
    #expect(answer.hasPrefix("HTTP/1.1 200 "))
    #expect(!answer.contains("408"))
  }

  @Test func `slow clients keep nobody else from being served`() async throws {
    let answer = try await serve({
      $0.connections = 4
      $0.headerTime = .milliseconds(50)
    }) { client, _ in
      var slow: [WireConnection] = []
      for _ in 0..<4 {
        if let (connection, _) = await client.converse("GET / HT", until: "408") {
          slow.append(connection)
        }
      }
      defer { withExtendedLifetime(slow) {} }
      return await client.exchange("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    }
    #expect(answer.hasPrefix("HTTP/1.1 200 "))
  }

  @Test func `an address has only so many connections`() async throws {
    try await serve({ $0.connectionsPerAddress = 2 }) { client, server in
      let good = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
      let first = await client.converse(good, until: "\r\n\r\n")
      let second = await client.converse(good, until: "\r\n\r\n")
      let third = await client.exchange(good)
      #expect(first?.1.hasPrefix("HTTP/1.1 200 ") == true)
      #expect(second?.1.hasPrefix("HTTP/1.1 200 ") == true)
      #expect(third.hasPrefix("HTTP/1.1 503 "))
      #expect(server.connectionCount <= 3)
      withExtendedLifetime((first, second)) {}
    }
  }

  @Test func `a listed proxy has as many connections as it wants`() async throws {
    var settings = ServerSettings()
    settings.limits.connectionsPerAddress = 1
    settings.proxies = AddressList([try #require(AddressRange("127.0.0.0/8"))])
    let address = ListenAddress(host: "127.0.0.1", port: 0)
    let server = try HTTPServer(on: address, settings: settings) { _, _ in
      HTTPResponse(status: 204)
    }
    let client = WireClient(port: server.address.port)
    let good = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
    let first = await client.converse(good, until: "\r\n\r\n")
    let second = await client.converse(good, until: "\r\n\r\n")
    #expect(first?.1.hasPrefix("HTTP/1.1 204 ") == true)
    #expect(second?.1.hasPrefix("HTTP/1.1 204 ") == true)
    withExtendedLifetime((first, second)) {}
    await server.stop(within: .seconds(1))
  }
}
