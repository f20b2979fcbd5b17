import HTTPMessages
package import Definitions
package import Diagnostics

/// The endpoint and key of an Azure Communication Services resource.
///
/// Messages never contain any part of the text.
///
/// Source: Azure Communication fact sheet, section 1.1.
package struct AzureConnectionString: Sendable {
  /// Scheme and authority; the base path is empty.
  package let endpoint: ServiceAddress
  package let accessKey: [UInt8]
  /// Whether a part had another name and was left out.
  package let hasUnknownParts: Bool

  /// Reads `endpoint=https://…;accesskey=…` in any order and case.
  ///
  /// - Throws: K0001 for a defect, K0006 for plain http to another machine.
  package init(_ text: String) throws(Diagnostic) {
    var parts: [String: String] = [:]
    var hasUnknownParts = false
    for bytes in text.utf8.split(separator: UInt8(ascii: ";")) {
      let part = Substring(bytes)
      guard !MediaType.trimmed(part).isEmpty else { continue }
      guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else {
        throw Self.defect("has a part without '='")
      }
      let name = MediaType.trimmed(part[..<equals]).lowercased()
      guard name == "endpoint" || name == "accesskey" else {
        hasUnknownParts = true
        continue
      }
      guard parts[name] == nil else { throw Self.defect("has '\(name)' twice") }
      parts[name] = MediaType.trimmed(part[part.index(after: equals)...])
    }
    guard let endpoint = parts["endpoint"], !endpoint.isEmpty else {
      throw Self.defect("has no 'endpoint'")
    }
    guard let key = parts["accesskey"], !key.isEmpty else {
      throw Self.defect("has no 'accesskey'")
    }
    guard let accessKey = Base64.decode(key) else {
      throw Self.defect("has an 'accesskey' that is not base64")
    }
    self.endpoint = try Self.address(endpoint)
    self.accessKey = accessKey
    self.hasUnknownParts = hasUnknownParts
  }

  private static func address(_ text: String) throws(Diagnostic) -> ServiceAddress {
    let word = Substring(text.utf8.prefix { $0 != UInt8(ascii: ":") })
    let scheme = word.utf8.count > 5 ? "" : word.lowercased()
    guard scheme == "https" || scheme == "http",
      text.utf8.dropFirst(scheme.utf8.count).starts(with: "://".utf8)
    else { throw defect("has an 'endpoint' that is no https URL") }
    var bytes = text.utf8.dropFirst(scheme.utf8.count + 3)
    while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    let authority = Substring(bytes)
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "@"): throw defect("has a user name in its 'endpoint'")
      case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\\"):
        throw defect("has a path or query in its 'endpoint'")
      default: continue
      }
    }
    let address = ServiceAddress(
      scheme: scheme,
      authority: try withoutDefaultPort(authority, scheme: scheme)
    )
    guard scheme == "https" || address.isLoopback else {
      throw Diagnostic(
        .insecureEndpoint,
        "the connection string has an http endpoint on another machine",
        hint: "write 'https://'; http is for a sandbox on this machine"
      )
    }
    return address
  }

  private static func withoutDefaultPort(_ authority: Substring, scheme: String)
    throws(Diagnostic) -> String
  {
    let host: Substring
    var rest: Substring
    if authority.first == "[", let close = authority.firstIndex(of: "]") {
      host = authority[...close]
      rest = authority[authority.index(after: close)...]
    } else {
      host = Substring(authority.utf8.prefix { $0 != UInt8(ascii: ":") })
      rest = authority[host.endIndex...]
    }
    guard isHost(host) else { throw defect("has an 'endpoint' without a proper host name") }
    guard !rest.isEmpty else { return String(host) }
    rest.removeFirst()
    guard let port = UInt16(rest), port > 0, rest.allSatisfy(\.isNumber) else {
      throw defect("has an 'endpoint' with an impossible port")
    }
    return port == (scheme == "https" ? 443 : 80) ? String(host) : "\(host):\(port)"
  }

  private static func isHost(_ host: Substring) -> Bool {
    let extra = host.first == "[" ? "[]:.-" : ".-"
    return !host.isEmpty && host.utf8.allSatisfy { isLetterOrDigit($0) || extra.utf8.contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    let lowered = byte | 0x20
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowered)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func defect(_ what: String) -> Diagnostic {
    Diagnostic(
      .invalidConnectionString,
      "the connection string \(what)",
      hint: "it reads 'endpoint=https://<resource>.communication.azure.com/;accesskey=<base64>'"
    )
  }
}
