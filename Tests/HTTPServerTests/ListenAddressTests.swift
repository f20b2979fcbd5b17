import Diagnostics
import HTTPServer
import Testing

struct ListenAddressTests {
  @Test(
    arguments: [
      ("127.0.0.1:7075", "127.0.0.1", 7075), ("localhost:0", "localhost", 0),
      ("[::1]:65535", "::1", 65535), ("0.0.0.0:80", "0.0.0.0", 80),
    ]
  )
  func `host and port are read and written`(_ text: String, _ host: String, _ port: Int) throws {
    let address = try ListenAddress(text)
    #expect(address.host == host)
    #expect(Int(address.port) == port)
    #expect(address.description == text)
  }

  @Test(arguments: ["", ":", "7075", ":7075", "host:", "host:x", "host:65536", "host:-1", "::1:80"])
  func `other text is refused`(_ text: String) {
    let problem = #expect(throws: Diagnostic.self) { try ListenAddress(text) }
    #expect(problem?.code == .malformedListenAddress)
  }

  @Test(
    arguments: [
      ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("localhost", true),
      ("0.0.0.0", false), ("::", false), ("10.0.0.1", false), ("127.evil.example", false),
      ("localhost.example.org", false),
    ]
  )
  func `only this machine's own addresses are loopback`(_ host: String, _ expected: Bool) {
    #expect(ListenAddress(host: host, port: 1).isLoopback == expected)
  }
}
