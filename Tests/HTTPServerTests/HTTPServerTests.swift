import Diagnostics
import HTTPMessages
import HTTPServer
import Testing

@Suite(.serialized)
struct HTTPServerTests {
  private static let loopback = ListenAddress(host: "127.0.0.1", port: 0)

  /// Answers with what it got: method, target, authority, headers and body.
  private static let echo: HTTPServer.Handler = { request, _ in
    let fields = request.headers.fields.map { "\($0.name)=\($0.value)" }.joined(separator: "|")
    let text = "\(request.method) \(request.target) \(request.authority) [\(fields)] "
    return HTTPResponse(
      status: 200,
      headers: ["X-Test": "yes"],
      body: Array(text.utf8) + request.body
    )
  }

  private func serve<Result>(
    limits: ServerLimits = ServerLimits(),
    handler: @escaping HTTPServer.Handler = echo,
    _ body: (WireClient) async throws -> Result
  ) async throws -> Result {
    var settings = ServerSettings()
    settings.limits = limits
    let server = try HTTPServer(on: Self.loopback, settings: settings, handler: handler)
    let result = try await body(WireClient(port: server.address.port))
    await server.stop(within: .seconds(5))
    return result
  }

  @Test func `target, host and headers arrive as they were sent`() async throws {
    let answer = try await serve {
      await $0.exchange(
        "POST /a%2Fb//c:d?x=%20&y=+&x=1 HTTP/1.1\r\nHost: Example.org:8085:8085\r\n"
          + "X-Two: 1\r\nx-two: 2\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
      )
    }
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(answer.contains("X-Test: yes\r\n"))
    #expect(answer.contains("POST /a%2Fb//c:d?x=%20&y=+&x=1 Example.org:8085:8085 "))
    #expect(answer.contains("[Host=Example.org:8085:8085|X-Two=1|x-two=2|Content-Length=5|"))
    #expect(answer.hasSuffix("] hello"))
  }

  @Test func `a connection serves several requests`() async throws {
    let answer = try await serve {
      await $0.exchange(
        "GET /one HTTP/1.1\r\nHost: h\r\n\r\n"
          + "GET /two HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
      )
    }
    #expect(answer.contains("GET /one h"))
    #expect(answer.contains("GET /two h"))
  }

  @Test func `HEAD gets the headers only`() async throws {
    let answer = try await serve {
      await $0.exchange("HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    }
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(answer.hasSuffix("\r\n\r\n"))
  }

  @Test func `a client that expects 100 is told to continue`() async throws {
    let answer = try await serve {
      await $0.exchange(
        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n"
          + "Connection: close\r\n\r\nok"
      )
    }
    #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n\r\n"))
    #expect(answer.hasSuffix("] ok"))
  }

  @Test func `a chunked body is put together`() async throws {
    let answer = try await serve {
      await $0.exchange(
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
          + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
      )
    }
    #expect(answer.hasSuffix("] abcde"))
  }

  @Test(arguments: [true, false])
  func `a body over the limit gets 413`(_ isAnnounced: Bool) async throws {
    var limits = ServerLimits()
    limits.bodyBytes = 10
    let body = String(repeating: "x", count: 11)
    let framing =
      isAnnounced
      ? "Content-Length: 11\r\n\r\n\(body)"
      : "Transfer-Encoding: chunked\r\n\r\nb\r\n\(body)\r\n0\r\n\r\n"
    let answer = try await serve(limits: limits) {
      await $0.exchange("POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + framing)
    }
    #expect(answer.hasPrefix("HTTP/1.1 413 "))
  }

  @Test func `headers over the limit get 431`() async throws {
    let answer = try await serve {
      let value = String(repeating: "x", count: 100_000)
      return await $0.exchange("GET / HTTP/1.1\r\nHost: h\r\nX-Long: \(value)\r\n\r\n")
    }
    #expect(answer.hasPrefix("HTTP/1.1 431 "))
  }

  @Test(arguments: ["garbage\r\n\r\n", "GET\r\n\r\n", "\0\0\0\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"])
  func `malformed requests do no harm`(_ text: String) async throws {
    var limits = ServerLimits()
    limits.idleSeconds = 1
    let answer = try await serve(limits: limits) { client in
      _ = await client.exchange(text)
      return await client.exchange("GET /fine HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    }
    #expect(answer.contains("GET /fine"))
  }

  @Test func `a dropped response closes the connection without a byte`() async throws {
    let answer = try await serve(handler: { _, _ in .dropped }) {
      await $0.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    }
    #expect(answer == "")
  }

  @Test func `a handler may wait while others are served`() async throws {
    let (gate, opener) = AsyncStream<Void>.makeStream()
    let handler: HTTPServer.Handler = { request, _ in
      if request.target == "/slow" { for await _ in gate { break } } else { opener.yield() }
      return HTTPResponse(status: 200, body: Array(request.target.utf8))
    }
    let answer = try await serve(handler: handler) { client in
      async let slow = client.exchange("GET /slow HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
      _ = await client.exchange("GET /fast HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
      return await slow
    }
    #expect(answer.hasSuffix("/slow"))
  }

  @Test func `stopping lets a request at work finish`() async throws {
    let (arrivals, arrival) = AsyncStream<Void>.makeStream()
    let (gate, opener) = AsyncStream<Void>.makeStream()
    let server = try HTTPServer(on: Self.loopback) { _, _ in
      arrival.yield()
      for await _ in gate { break }
      return HTTPResponse(status: 200, body: Array("done".utf8))
    }
    let client = WireClient(port: server.address.port)
    async let answer = client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    for await _ in arrivals { break }
    async let stopped: Void = server.stop(within: .seconds(20))
    opener.yield()
    await stopped
    #expect(await answer.hasSuffix("done"))
    #expect(await client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n") == "not connected")
  }

  @Test func `stopping drops what does not finish in time and cancels its task`() async throws {
    let (arrivals, arrival) = AsyncStream<Void>.makeStream()
    let (ends, end) = AsyncStream<Bool>.makeStream()
    let server = try HTTPServer(on: Self.loopback) { _, _ in
      arrival.yield()
      let (never, _) = AsyncStream<Void>.makeStream()
      for await _ in never {}
      end.yield(Task.isCancelled)
      return HTTPResponse(status: 200)
    }
    let client = WireClient(port: server.address.port)
    async let answer = client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    for await _ in arrivals { break }
    await server.stop(within: .zero)
    #expect(await answer == "")
    for await isCancelled in ends {
      #expect(isCancelled)
      break
    }
  }

  @Test func `stopping in the middle of traffic does no harm`() async throws {
    let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
    let traffic = String(repeating: request, count: 200)
    for round in 0..<20 {
      let server = try HTTPServer(on: Self.loopback, handler: Self.echo)
      let client = WireClient(port: server.address.port)
      await withTaskGroup { group in
        for _ in 0..<4 { group.addTask { _ = await client.exchange(traffic) } }
        _ = await client.exchange("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        await server.stop(within: .milliseconds(round % 3))
      }
    }
  }

  @Test func `an address in use is named`() async throws {
    let server = try HTTPServer(on: Self.loopback, handler: Self.echo)
    let problem = #expect(throws: Diagnostic.self) {
      try HTTPServer(on: server.address, handler: Self.echo)
    }
    #expect(problem?.code == .addressInUse)
    #expect(problem?.message.contains(server.address.description) == true)
    await server.stop()
  }

  @Test(
    arguments: [
      ("203.0.113.7", DiagnosticCode.unusableAddress), ("example.org", .malformedListenAddress),
      ("", .malformedListenAddress),
    ]
  )
  func `an address that cannot be used is refused`(_ host: String, _ code: DiagnosticCode) {
    let problem = #expect(throws: Diagnostic.self) {
      try HTTPServer(on: ListenAddress(host: host, port: 0), handler: Self.echo)
    }
    #expect(problem?.code == code)
  }

  @Test func `the peer is known`() async throws {
    let answer = try await serve(handler: { _, peer in
      HTTPResponse(status: 200, body: Array("\(peer.host) \(peer.port > 0)".utf8))
    }) {
      await $0.exchange("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    }
    #expect(answer.hasSuffix("127.0.0.1 true"))
  }
}
