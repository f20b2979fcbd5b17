import Contracts
import HTTPMessages
import Seams
import Testing

@testable import CurlTransport

@Suite struct CurlTransportTests {
  @Test(arguments: TransportScenario.all)
  func `keeps the contract of a transport`(_ scenario: TransportScenario) async throws {
    try await scenario.run { answer in
      let server = try LoopbackServer { _ in answer.map { .init($0) } ?? .silence }
      return (KeepingAlive(server: server), server.authority)
    }
  }

  @Test func `connections are reused`() async throws {
    let server = try LoopbackServer { _ in .ok }
    let transport = CurlTransport(userAgent: "weir/test")
    for _ in 0..<20 {
      let response = try await transport.send(.get(server), limits: .standard)
      #expect(response.status == 200)
    }
    #expect(server.connectionCount == 1)
    await transport.close()
  }

  @Test func `many requests at once each get their own response`() async throws {
    let server = try LoopbackServer { request in
      let target = request.split(separator: " ")[1]
      return .init("HTTP/1.1 200 OK\r\nContent-Length: \(target.utf8.count)\r\n\r\n\(target)")
    }
    let transport = CurlTransport(userAgent: "weir/test")
    try await withThrowingTaskGroup { group in
      for number in 0..<200 {
        group.addTask {
          let response = try await transport.send(.get(server, "/\(number)"), limits: .standard)
          #expect(response.body == Array("/\(number)".utf8))
        }
      }
      try await group.waitForAll()
    }
    await transport.close()
  }

  @Test func `cancelling a task closes its connection`() async throws {
    let server = try LoopbackServer { _ in .silence }
    let transport = CurlTransport(userAgent: "weir/test")
    let task = Task { await transport.failureKind(.get(server)) }
    await server.awaitRequest()
    task.cancel()
    #expect(await task.value == .cancelled)
    await transport.close()
  }

  @Test func `closing aborts what is under way and refuses the rest`() async throws {
    let server = try LoopbackServer { _ in .silence }
    let transport = CurlTransport(userAgent: "weir/test")
    async let pending = transport.failureKind(.get(server))
    await server.awaitRequest()
    await transport.close()
    await transport.close()
    #expect(await pending == .cancelled)
    #expect(await transport.failureKind(.get(server)) == .cancelled)
  }

  @Test func `a transport that was never used closes, and refuses from then on`() async throws {
    let server = try LoopbackServer { _ in .ok }
    let transport = CurlTransport(userAgent: "weir/test")
    await transport.close()
    await transport.close()
    #expect(await transport.failureKind(.get(server)) == .cancelled)
  }

  @Test func `a transport that nobody uses any more ends`() async throws {
    let server = try LoopbackServer { _ in .ok }
    weak var released: CurlTransport?
    do {
      let transport = CurlTransport(userAgent: "weir/test")
      released = transport
      _ = try await transport.send(.get(server), limits: .standard)
    }
    #expect(released == nil)
  }
}
