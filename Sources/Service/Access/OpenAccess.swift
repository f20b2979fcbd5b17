import HTTPMessages

/// Whether a request without a token may be let in because it comes from this machine.
///
/// A web page in a browser on this machine is not to be trusted: it can send requests here, and by
/// a name that it controls it can even read the answers (DNS rebinding). So the request must name
/// this machine as its host, and must not come from another site. What a proxy hands on comes from
/// elsewhere.
///
/// Source: Fetch Metadata, W3C; RFC 6454 section 7; RFC 9110 section 7.2.
enum OpenAccess {
  /// - Returns: Why it is refused; `nil` when it may be let in.
  static func refusal(of request: HTTPRequest, from client: ServiceClient) -> String? {
    guard client.isListenerLoopback, case .network(let host) = client.channel, isLoopback(host)
    else { return "A token is needed." }
    for name in proxyFields where request.headers[name] != nil {
      return "A token is needed: the request came through a proxy."
    }
    guard isLoopback(request.host.lowercased()) else {
      return "Without a token the host must be 'localhost' or a loopback address."
    }
    return crossing(request).map { "Without a token \($0) may not call this service." }
  }

  private static let proxyFields = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "Via"]

  private static func crossing(_ request: HTTPRequest) -> String? {
    if let site = request.headers["Sec-Fetch-Site"]?.lowercased(),
      !["same-origin", "none"].contains(site)
    {
      return "another site"
    }
    guard let origin = request.headers["Origin"] else { return nil }
    let own = "\(request.scheme)://\(request.authority)"
    return origin.lowercased() == own.lowercased() ? nil : "another origin"
  }

  /// Whether a host names this machine, in brackets or not.
  static func isLoopback(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 4, parts.first == "127" { return parts.allSatisfy { UInt8($0) != nil } }
    return ["localhost", "::1", "[::1]", "::ffff:127.0.0.1"].contains(host)
  }
}
