package import Diagnostics

/// Where a server listens: a host and a port.
package struct ListenAddress: Hashable, Sendable {
  /// An IPv4 or IPv6 address without brackets, or `localhost`.
  package var host: String
  /// 0 takes any free port.
  package var port: UInt16

  package init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// Reads `HOST:PORT`, with an IPv6 address in brackets.
  ///
  /// - Throws: `L0003`.
  package init(_ text: String) throws(Diagnostic) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { throw Self.malformed(text) }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      throw Self.malformed(text)
    }
    guard !host.isEmpty else { throw Self.malformed(text) }
    self.init(host: String(host), port: port)
  }

  /// Whether only this machine can reach it.
  package var isLoopback: Bool {
    host == "localhost" || host == "::1" || (host.hasPrefix("127.") && isIPv4)
  }

  private var isIPv4: Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }

  private static func malformed(_ text: String) -> Diagnostic {
    Diagnostic(
      .malformedListenAddress,
      "'\(text)' is not an address to listen on",
      hint: "write HOST:PORT, for example 127.0.0.1:7075 or [::1]:7075"
    )
  }
}

extension ListenAddress: CustomStringConvertible {
  /// As a URL has it: `127.0.0.1:7075`, `[::1]:7075`.
  package var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
