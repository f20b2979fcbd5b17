import Diagnostics
import HTTPServer
import Testing

@testable import AzureSandbox

struct ListeningTests {
  @Test(arguments: ["0.0.0.0", "::", "192.0.2.1", "example.org"])
  func `only loopback addresses are served`(_ host: String) {
    let problem = #expect(throws: Diagnostic.self) {
      try TestBench().sandbox.start(on: ListenAddress(host: host, port: 0))
    }
    #expect(problem?.code == .exposedSandbox)
  }

  @Test func `the settings name the port that was given`() async throws {
    let running = try TestBench().sandbox.start(on: ListenAddress(host: "127.0.0.1", port: 0))
    #expect(running.address.port > 0)
    let value = running.settings.first?.value
    #expect(value?.hasPrefix("endpoint=http://127.0.0.1:\(running.address.port)/;") == true)
    await running.stop()
  }
}
