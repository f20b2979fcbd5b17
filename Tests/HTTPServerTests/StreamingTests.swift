import HTTPMessages
import HTTPServer
import Synchronization
import Testing

/// Responses whose bodies come in pieces.
@Suite(.serialized)
struct StreamingTests {
  private static let loopback = ListenAddress(host: "127.0.0.1", port: 0)
  private static let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
  private static let events = HTTPResponse(
    status: 200,
    headers: ["Content-Type": "text/event-stream"]
  )

  /// A sequence, how to feed it, and what tells that its consumer has gone.
  private struct Feed {
    let stream: AsyncStream<[UInt8]>
    let pieces: AsyncStream<[UInt8]>.Continuation
    let ends: AsyncStream<Bool>

    init() {
      let (ends, end) = AsyncStream<Bool>.makeStream()
      (stream, pieces) = AsyncStream<[UInt8]>.makeStream()
      pieces.onTermination = { reason in
        if case .cancelled = reason { end.yield(true) } else { end.yield(false) }
      }
      self.ends = ends
    }

    func send(_ text: String) { pieces.yield(Array(text.utf8)) }

    func isCancelled() async -> Bool? { await ends.first { _ in true } }
  }

  @Test func `pieces arrive as they come, in chunks`() async throws {
    let feed = Feed()
    let server = try HTTPServer(on: Self.loopback) { _, _ -> HTTPAnswer in
      HTTPAnswer(Self.events, pieces: feed.stream)
    }
    let client = WireClient(port: server.address.port)
    feed.send("data: 1\n\n")
    let talk = await client.converse(Self.request, until: "data: 1\n\n")
    let (connection, first) = try #require(talk)
    #expect(first.contains("Content-Type: text/event-stream\r\n"))
    #expect(first.contains("Transfer-Encoding: chunked\r\n"))
    #expect(first.contains("\r\n\r\n9\r\ndata: 1\n\n"))
    feed.send("data: 2\n\n")
    #expect(await connection.awaitText("data: 2\n\n").contains("data: 2"))
    feed.pieces.finish()
    #expect(await connection.awaitText("0\r\n\r\n").hasSuffix("0\r\n\r\n"))
    connection.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    #expect(await connection.awaitText("").hasPrefix("HTTP/1.1 200 "))
    await server.stop(within: .seconds(1))
  }

  @Test func `a client that goes ends the sequence`() async throws {
    let feed = Feed()
    var settings = ServerSettings()
    settings.limits.headerTime = .milliseconds(100)
    let server = try HTTPServer(on: Self.loopback, settings: settings) { _, _ -> HTTPAnswer in
      HTTPAnswer(Self.events, pieces: feed.stream)
    }
    feed.send("data: 1\n\n")
    let client = WireClient(port: server.address.port)
    #expect(await client.converse(Self.request, until: "data: 1")?.1.contains("data: 1") == true)
    #expect(await feed.isCancelled() == true)
    await server.stop(within: .seconds(1))
  }

  @Test func `a server that stops ends the stream after what was sent`() async throws {
    let feed = Feed()
    let server = try HTTPServer(on: Self.loopback) { _, _ -> HTTPAnswer in
      HTTPAnswer(Self.events, pieces: feed.stream)
    }
    feed.send("data: 1\n\n")
    let client = WireClient(port: server.address.port)
    let (connection, _) = try #require(await client.converse(Self.request, until: "data: 1\n\n"))
    await server.stop(within: .seconds(20))
    #expect(await connection.awaitText("").hasSuffix("0\r\n\r\n"))
    #expect(await feed.isCancelled() == true)
  }

  @Test func `a client that does not read holds the sequence back`() async throws {
    let counter = Counter()
    let pieces = AsyncStream<[UInt8]> {
      counter.value.add(1, ordering: .relaxed)
      return [UInt8](repeating: 0x78, count: 100_000)
    }
    let server = try HTTPServer(on: Self.loopback) { _, _ -> HTTPAnswer in
      HTTPAnswer(HTTPResponse(status: 200), pieces: pieces)
    }
    let client = WireClient(port: server.address.port)
    let open = await client.converse(Self.request, until: "\r\n\r\n")
    // The socket buffers of both sides take some megabytes; the rest has to wait for the reader.
    var last = -1
    while counter.value.load(ordering: .relaxed) != last {
      last = counter.value.load(ordering: .relaxed)
      for _ in 0..<2000 { await Task.yield() }
      _ = await client.exchange("BAD\r\n\r\n")
    }
    #expect(last < 500)
    withExtendedLifetime(open) {}
    await server.stop(within: .zero)
  }

  private final class Counter: Sendable {
    let value = Atomic(0)
  }

  @Test func `HEAD gets no body and asks for no piece`() async throws {
    let feed = Feed()
    let server = try HTTPServer(on: Self.loopback) { _, _ -> HTTPAnswer in
      HTTPAnswer(Self.events, pieces: feed.stream)
    }
    let client = WireClient(port: server.address.port)
    let answer = await client.exchange("HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 200 "))
    #expect(answer.hasSuffix("\r\n\r\n"))
    await server.stop(within: .seconds(1))
  }

  @Test func `a client of HTTP 1.0 gets the pieces until the connection closes`() async throws {
    let feed = Feed()
    let server = try HTTPServer(on: Self.loopback) { _, _ -> HTTPAnswer in
      HTTPAnswer(Self.events, pieces: feed.stream)
    }
    feed.send("one")
    feed.send("two")
    feed.pieces.finish()
    let client = WireClient(port: server.address.port)
    let answer = await client.exchange("GET / HTTP/1.0\r\n\r\n")
    #expect(answer.hasSuffix("\r\n\r\nonetwo"))
    await server.stop(within: .seconds(1))
  }

  @Test func `stopping in the middle of many streams does no harm`() async throws {
    for round in 0..<10 {
      let server = try HTTPServer(on: Self.loopback) { _, _ -> HTTPAnswer in
        HTTPAnswer(
          HTTPResponse(status: 200),
          pieces: AsyncStream { Task.isCancelled ? nil : [UInt8](repeating: 0x78, count: 1000) }
        )
      }
      let client = WireClient(port: server.address.port)
      await withTaskGroup { group in
        for _ in 0..<8 { group.addTask { _ = await client.exchange(Self.request) } }
        _ = await client.converse(Self.request, until: "xxx")
        await server.stop(within: .milliseconds(round % 4 * 5))
      }
    }
  }
}
