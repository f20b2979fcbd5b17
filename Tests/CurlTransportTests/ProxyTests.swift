import Foundation
import HTTPMessages
import Seams
import Testing

@testable import CurlTransport

@Suite struct ProxyTests {
  @Test func `a proxy from the environment gets the absolute URL as given`() async throws {
    await #expect(processExitsWith: .success) {
      let proxy = try LoopbackServer { _ in .ok }
      setenv("http_proxy", "http://\(proxy.authority)", 1)
      let transport = CurlTransport(userAgent: "weir/test")
      let url = "http://service.example/a/../b//%7e?x=%2f&y=a'b"
      let request = try #require(HTTPRequest(method: "GET", url: url))
      let response = try await transport.send(request, limits: .standard)
      let wire = proxy.requests.first ?? ""
      let isRight = wire.hasPrefix("GET \(url) HTTP/1.1\r\nHost: service.example\r\n")
      exit(response.status == 200 && isRight ? 0 : 1)
    }
  }
}
