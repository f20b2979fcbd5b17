import HTTPMessages
import Testing

struct ForwardedOriginTests {
  private static let proxies = AddressList(
    ["10.0.0.0/8", "::1", "fd00::/8"].compactMap(AddressRange.init)
  )

  private func origin(_ peer: String, _ headers: HTTPFields) -> ForwardedOrigin {
    let request = HTTPRequest(
      method: "GET",
      scheme: "http",
      authority: "inner:7075",
      target: "/",
      headers: headers
    )
    return ForwardedOrigin(of: request, from: peer, proxies: Self.proxies)
  }

  @Test(
    arguments: [
      ("10.0.0.1", "203.0.113.7", "203.0.113.7"),
      ("10.0.0.1", "9.9.9.9, 203.0.113.7", "203.0.113.7"),
      ("10.0.0.1", "9.9.9.9, 203.0.113.7, 10.1.1.1", "203.0.113.7"),
      ("10.0.0.1", "10.2.2.2, 10.1.1.1", "10.2.2.2"),
      ("10.0.0.1", "203.0.113.7:4711", "203.0.113.7"),
      ("10.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
      ("10.0.0.1", "2001:db8::7", "2001:db8::7"),
      ("10.0.0.1", "", "10.0.0.1"),
      ("10.0.0.1", "unknown", "10.0.0.1"),
      ("10.0.0.1", "203.0.113.7, unknown", "10.0.0.1"),
      ("10.0.0.1", "203.0.113.7, unknown, 10.1.1.1", "10.1.1.1"),
      ("::1", "203.0.113.7", "203.0.113.7"),
      ("::ffff:10.0.0.1", "203.0.113.7", "203.0.113.7"),
      ("203.0.113.9", "127.0.0.1", "203.0.113.9"),
      ("", "127.0.0.1", ""),
    ]
  )
  func `the client is the last address that is no proxy`(
    _ peer: String,
    _ chain: String,
    _ expected: String
  ) {
    #expect(origin(peer, ["X-Forwarded-For": chain]).address == expected)
  }

  @Test func `several fields are one list`() {
    let headers: HTTPFields = [
      "X-Forwarded-For": "203.0.113.7", "x-forwarded-for": "10.3.3.3",
    ]
    #expect(origin("10.0.0.1", headers).address == "203.0.113.7")
  }

  @Test(
    arguments: [
      ("https", "flows.example.org", "https", "flows.example.org"),
      ("HTTPS", "a, b:8443", "https", "b:8443"),
      ("ftp", "evil host", "http", "inner:7075"),
      ("https, http", "[::1]:80", "http", "[::1]:80"),
      ("", "user@h", "http", "inner:7075"),
    ]
  )
  func `scheme and host are those that the nearest proxy names`(
    _ proto: String,
    _ host: String,
    _ scheme: String,
    _ authority: String
  ) {
    let headers: HTTPFields = ["X-Forwarded-Proto": proto, "X-Forwarded-Host": host]
    let origin = origin("10.0.0.1", headers)
    #expect(origin.scheme == scheme)
    #expect(origin.authority == authority)
  }

  @Test func `nobody else is believed`() {
    let headers: HTTPFields = [
      "X-Forwarded-Proto": "https", "X-Forwarded-Host": "flows.example.org",
    ]
    let origin = origin("192.0.2.1", headers)
    #expect(origin.scheme == "http")
    #expect(origin.authority == "inner:7075")
  }
}
