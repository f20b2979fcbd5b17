import Contracts
import HTTPMessages
import Seams
import Simulation
import Testing
import Timekeeping

@Suite struct ScriptedTransportTests {
  private let clock = SimulatedClock()

  private func request(_ target: String) -> HTTPRequest {
    HTTPRequest(method: "GET", scheme: "https", authority: "example.com", target: target)
  }

  @Test(arguments: TransportScenario.all)
  func `keeps the contract of a transport`(_ scenario: TransportScenario) throws {
    try SimulatedExecutor(clock: clock).run { [clock] in
      try await scenario.run { answer in
        let transport = ScriptedTransport(clock: clock) { _ in
          answer.map { .respond($0) } ?? .silence
        }
        return (transport, "example.com")
      }
    }
  }

  @Test func `a script answers in order, then refuses, and everything is recorded`() async throws {
    let gone = TransportFailure(.unknownHost, "gone")
    let transport = ScriptedTransport(
      clock: clock,
      script: [.respond(HTTPResponse(status: 201)), .fail(gone)]
    )
    let first = try await transport.send(request("/1"), limits: .standard)
    #expect(first.status == 201)
    for (target, kind) in [("/2", TransportFailure.Kind.unknownHost), ("/3", .connection)] {
      let failure = await #expect(throws: TransportFailure.self) {
        try await transport.send(request(target), limits: .standard)
      }
      #expect(failure?.kind == kind)
    }
    #expect(transport.requests.map(\.target) == ["/1", "/2", "/3"])
  }

  @Test func `latency passes on the clock`() throws {
    let start = clock.now()
    let transport = ScriptedTransport(clock: clock) { _ in
      .respond(HTTPResponse(status: 200), after: .seconds(90))
    }
    let status = try SimulatedExecutor(clock: clock).run { [request] in
      try await transport.send(request("/"), limits: .standard).status
    }
    #expect(status == 200)
    #expect(clock.now() - start == .seconds(90))
  }
}
