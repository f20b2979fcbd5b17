import HTTPMessages
import Service
import Synchronization
import Testing

struct ServedRequestTests {
  private final class Heard: Sendable {
    let requests = Mutex<[ServedRequest]>([])
  }

  @Test func `every answer is heard of under the pattern of its path`() async throws {
    let heard = Heard()
    let reports = ServiceReports(served: { request in heard.requests.withLock { $0.append(request) }
    })
    let world = try await ServiceWorld(reports: reports)
    heard.requests.withLock { $0 = [] }
    let client = ServiceClient(.socket(user: "root"), isListenerLoopback: true)
    for target in ["/api/workflows/loops", "/api/workflows/missing", "/healthz", "/made/up/1"] {
      let request = HTTPRequest(method: "GET", scheme: "http", authority: "weir", target: target)
      _ = await world.service.handle(request, from: client)
    }
    let requests = heard.requests.withLock { $0 }
    let pattern = try #require(requests.first?.route)
    #expect(pattern.hasPrefix("/api/workflows/{"))
    #expect(requests.map(\.route) == [pattern, pattern, "/healthz", "none"])
    #expect(requests.map(\.status) == [200, 404, 200, 404])
  }
}
