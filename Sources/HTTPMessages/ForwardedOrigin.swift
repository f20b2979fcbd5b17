/// Who sent a request and what for, seen from outside of the proxies in front of a server.
///
/// Source: the fields X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host as nginx, HAProxy,
/// Traefik and Apache write them.
package struct ForwardedOrigin: Hashable, Sendable {
  /// The client's IP address in digits; empty when it is not known.
  package var address: String
  /// `http` or `https`.
  package var scheme: String
  /// Host, and port unless it is the scheme's default.
  package var authority: String

  /// Believes a proxy that is listed, and nobody else.
  ///
  /// Of the addresses in X-Forwarded-For the last one that is no listed proxy is the client; what
  /// stands before it the client may have made up. Of the other fields the last value counts, which
  /// the nearest proxy wrote.
  ///
  /// - Parameters:
  ///   - request: As it came from the peer.
  ///   - peer: The IP address that the connection came from.
  ///   - proxies: Whom to believe.
  package init(of request: HTTPRequest, from peer: String, proxies: AddressList) {
    address = peer
    scheme = request.scheme
    authority = request.authority
    guard proxies.contains(peer) else { return }
    address = Self.client(request.headers["X-Forwarded-For"], peer, proxies)
    if let proto = Self.last(request.headers["X-Forwarded-Proto"])?.lowercased(),
      proto == "http" || proto == "https"
    {
      scheme = proto
    }
    if let host = Self.last(request.headers["X-Forwarded-Host"]), Self.isAuthority(host) {
      authority = host
    }
  }

  private static func client(_ chain: String?, _ peer: String, _ proxies: AddressList) -> String {
    var client = peer
    for entry in elements(chain).reversed() {
      guard let address = address(in: entry) else { return client }
      client = address
      guard proxies.contains(address) else { return client }
    }
    return client
  }

  /// The address of an entry, which some proxies write with a port or in brackets.
  private static func address(in entry: String) -> String? {
    if IPAddress(entry) != nil { return entry }
    if entry.hasPrefix("["), let end = entry.firstIndex(of: "]") {
      let inner = String(entry[..<end].dropFirst())
      return IPAddress(inner) == nil ? nil : inner
    }
    let host = String(entry.prefix { $0 != ":" })
    return IPAddress(host) == nil ? nil : host
  }

  private static func last(_ value: String?) -> String? { elements(value).last }

  private static func elements(_ value: String?) -> [String] {
    guard let value else { return [] }
    return value.split(separator: ",").map { element in
      let start = element.drop(while: isSpace)
      return String(start.prefix(start.count - start.reversed().prefix(while: isSpace).count))
    }
  }

  private static func isSpace(_ character: Character) -> Bool {
    character == " " || character == "\t"
  }

  private static func isAuthority(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
          UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
          true
        default: false
        }
      }
  }
}
