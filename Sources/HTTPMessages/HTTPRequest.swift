/// One HTTP request, with its target exactly as it goes over the wire.
///
/// Source: RFC 9112 section 3.
package struct HTTPRequest: Hashable, Sendable {
  /// Upper case, such as `GET`.
  package var method: String
  /// `http` or `https`.
  package var scheme: String
  /// Host, and port when it is not the scheme's default: `example.com`, `127.0.0.1:7080`.
  package var authority: String
  /// Path and query, percent-encoded, starting with a slash.
  package var target: String
  package var headers: HTTPFields
  package var body: [UInt8]

  package init(
    method: String,
    scheme: String,
    authority: String,
    target: String,
    headers: HTTPFields = HTTPFields(),
    body: [UInt8] = []
  ) {
    self.method = method
    self.scheme = scheme
    self.authority = authority
    self.target = target
    self.headers = headers
    self.body = body
  }

  /// The absolute URL.
  package var url: String { "\(scheme)://\(authority)\(target)" }

  /// The target without its query.
  package var path: String {
    String(Substring(target.utf8.prefix { $0 != UInt8(ascii: "?") }))
  }

  /// What follows the `?` of the target; empty when there is none.
  package var query: String {
    String(Substring(target.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()))
  }

  /// The authority without its port.
  package var host: String {
    if authority.hasPrefix("[") { return authority.prefix { $0 != "]" } + "]" }
    return String(authority.prefix { $0 != ":" })
  }
}

extension HTTPRequest {
  /// Splits an absolute `http` or `https` URL; `nil` for anything else or for embedded credentials.
  package init?(
    method: String,
    url: String,
    headers: HTTPFields = HTTPFields(),
    body: [UInt8] = []
  ) {
    guard let colon = url.utf8.firstIndex(of: UInt8(ascii: ":")),
      url.utf8[colon...].starts(with: "://".utf8)
    else { return nil }
    let scheme = url[..<colon].lowercased()
    let rest = url.utf8[colon...].dropFirst(3).prefix { $0 != UInt8(ascii: "#") }
    let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    guard scheme == "http" || scheme == "https", !authority.isEmpty,
      !authority.contains(UInt8(ascii: "@")),
      !url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F })
    else { return nil }
    let target = Substring(rest[authority.endIndex...])
    self.init(
      method: method,
      scheme: scheme,
      authority: String(Substring(authority)),
      target: target.utf8.first == UInt8(ascii: "/") ? String(target) : "/" + target,
      headers: headers,
      body: body
    )
  }
}
