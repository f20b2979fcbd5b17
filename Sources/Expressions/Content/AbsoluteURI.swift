import HTTPMessages

/// An absolute URI with an authority, in its parts.
///
/// Source: RFC 3986 section 3; .NET `System.Uri` for the normal form.
struct AbsoluteURI {
  /// In lower case.
  let scheme: String
  /// In lower case, without user name and port.
  let host: String
  /// The given port, else that of the scheme, else -1.
  let port: Int
  /// At least `/`.
  let path: String
  /// With its question mark; empty when there is none.
  let query: String

  /// `nil` for relative references and malformed text.
  init?(_ text: String) {
    let trimmed = Substring(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    guard let colon = trimmed.firstIndex(of: ":"), Self.isScheme(trimmed[..<colon]) else {
      return nil
    }
    scheme = trimmed[..<colon].lowercased()
    var rest = trimmed[trimmed.index(after: colon)...]
    guard rest.hasPrefix("//") else { return nil }
    rest = rest.dropFirst(2)
    let authority = rest.prefix { !"/?#".contains($0) }
    rest = rest.dropFirst(authority.count)
    guard let (host, port) = Self.hostAndPort(authority), !host.isEmpty || scheme == "file" else {
      return nil
    }
    self.host = host
    self.port = port ?? Self.defaultPorts[scheme] ?? -1
    rest = rest.prefix { $0 != "#" }
    let path = rest.prefix { $0 != "?" }
    self.path = path.isEmpty ? "/" : Self.withoutDotSegments(Self.escaped(path))
    query = Self.escaped(rest.dropFirst(path.count))
  }

  private static let defaultPorts = [
    "http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21, "ldap": 389, "ssh": 22,
    "gopher": 70, "nntp": 119, "telnet": 23,
  ]

  private static func isScheme(_ text: Substring) -> Bool {
    guard let first = text.first, first.isASCII, first.isLetter else { return false }
    return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
  }

  private static func hostAndPort(_ authority: Substring) -> (host: String, port: Int?)? {
    var rest = authority
    if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
    let isLiteral = rest.hasPrefix("[")
    let end = isLiteral ? rest.firstIndex(of: "]").map { rest.index(after: $0) } : nil
    let host = isLiteral ? rest[..<(end ?? rest.startIndex)] : rest.prefix { $0 != ":" }
    guard !host.contains(where: { " <>\"{}|\\^`%".contains($0) }) else { return nil }
    let tail = rest[host.endIndex...]
    guard !tail.isEmpty else { return (host.lowercased(), nil) }
    guard tail.first == ":" else { return nil }
    if tail.count == 1 { return (host.lowercased(), nil) }
    guard let port = UInt16(tail.dropFirst()) else { return nil }
    return (host.lowercased(), Int(port))
  }

  /// Encodes what may not stand in a URI; existing escapes stay.
  private static func escaped(_ text: Substring) -> String {
    text.unicodeScalars.map { scalar in
      let isAllowed =
        scalar.isASCII && scalar.value > 0x20
        && !"<>\"{}|\\^`".contains(
          Character(scalar)
        )
      return isAllowed ? String(scalar) : PercentEncoding.encode(String(scalar))
    }.joined()
  }

  /// Source: RFC 3986 section 5.2.4.
  private static func withoutDotSegments(_ path: String) -> String {
    var segments: [Substring] = []
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      switch part {
      case ".": if isLast { segments.append("") }
      case "..":
        _ = segments.popLast()
        if isLast { segments.append("") }
      default: segments.append(part)
      }
    }
    return "/" + segments.joined(separator: "/")
  }
}
