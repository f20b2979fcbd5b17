/// The base address of a service: `https://api.example.com/v1`.
///
/// Source: connector format reference, section (b), address.
package struct ServiceAddress: Hashable, Sendable {
  /// `http` or `https`.
  package var scheme: String
  /// Host, and port when one is given.
  package var authority: String
  /// Empty, or starts with a slash and does not end with one.
  package var basePath: String

  package init(scheme: String = "https", authority: String, basePath: String = "") {
    self.scheme = scheme
    self.authority = authority
    var trimmed = Substring(basePath)
    while trimmed.last == "/" { trimmed.removeLast() }
    self.basePath = trimmed.isEmpty || trimmed.first == "/" ? String(trimmed) : "/" + trimmed
  }

  /// The authority without its port, in lower case, without the dot that may end a full name.
  package var host: String {
    if authority.hasPrefix("[") { return (authority.prefix { $0 != "]" } + "]").lowercased() }
    var name = authority.prefix { $0 != ":" }
    while name.last == "." { name.removeLast() }
    return name.lowercased()
  }

  /// Whether the host names this machine, where plain HTTP is safe.
  package var isLoopback: Bool {
    ["localhost", "127.0.0.1", "[::1]"].contains(host) || host.hasSuffix(".localhost")
      || Self.isLoopbackNumber(host)
  }

  package var url: String { "\(scheme)://\(authority)\(basePath)" }

  private static func isLoopbackNumber(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
