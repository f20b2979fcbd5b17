import HTTPMessages
import HTTPServer
import Service
import Testing
import weir

struct ServiceDoorTests {
  private func visit(_ peer: Peer, _ headers: HTTPFields) throws -> (HTTPRequest, ServiceClient) {
    let proxies = AddressList([try #require(AddressRange("10.0.0.0/8"))])
    let door = ServiceDoor(proxies: proxies, isLoopback: true, user: "ada")
    let request = HTTPRequest(
      method: "GET",
      scheme: "http",
      authority: "127.0.0.1:7075",
      target: "/",
      headers: headers
    )
    return door.visit(request, from: peer)
  }

  private static let forwarded: HTTPFields = [
    "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "flows.example.org",
  ]

  @Test func `who comes through the socket is its user, whatever the request says`() throws {
    let (request, client) = try visit(.local, Self.forwarded)
    #expect(client.channel == .socket(user: "ada"))
    #expect(request.url == "http://127.0.0.1:7075/")
  }

  @Test func `a listed proxy tells who the client is and what it asked for`() throws {
    let (request, client) = try visit(Peer(host: "10.0.0.1", port: 1), Self.forwarded)
    #expect(client.channel == .network(host: "203.0.113.7"))
    #expect(request.url == "https://flows.example.org/")
  }

  @Test func `anybody else is whom the connection shows`() throws {
    let (request, client) = try visit(Peer(host: "192.0.2.1", port: 1), Self.forwarded)
    #expect(client.channel == .network(host: "192.0.2.1"))
    #expect(request.url == "http://127.0.0.1:7075/")
    #expect(client.isListenerLoopback)
  }
}
