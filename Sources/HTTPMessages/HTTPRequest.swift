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
  package var path: String { String(target.prefix { $0 != "?" }) }

  /// What follows the `?` of the target; empty when there is none.
  package var query: String { String(target.drop { $0 != "?" }.dropFirst()) }

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
    guard let schemeEnd = url.range(of: "://") else { return nil }
    let scheme = url[..<schemeEnd.lowerBound].lowercased()
    let rest = url[schemeEnd.upperBound...].prefix { $0 != "#" }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    guard scheme == "http" || scheme == "https", !authority.isEmpty, !authority.contains("@"),
      !url.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F })
    else { return nil }
    let target = rest[authority.endIndex...]
    self.init(
      method: method,
      scheme: scheme,
      authority: String(authority),
      target: target.first == "/" ? String(target) : "/" + target,
      headers: headers,
      body: body
    )
  }
}

extension String {
  fileprivate func range(of needle: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(needle) {
        return start..<index(start, offsetBy: needle.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
