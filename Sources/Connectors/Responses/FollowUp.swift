package import HTTPMessages

/// A request that a response asks for.
package struct FollowUp: Hashable, Sendable {
  /// Without credentials when they may not follow.
  package var request: HTTPRequest
  /// Whether the connection's credentials, and its signature, go along.
  package var keepsCredentials: Bool

  /// A GET like `origin` to another address; credentials stay behind when the host differs.
  ///
  /// Only headers that describe the wish go to another host: any other may be a key.
  package init(to target: HTTPRequest, like origin: HTTPRequest, method: String = "GET") {
    keepsCredentials = CredentialScope.isSame(target, origin)
    request = target
    request.method = method
    request.headers = origin.headers
    for name in ["Content-Type", "Content-Length", "Host"] { request.headers[name] = nil }
    guard !keepsCredentials else { return }
    let harmless = ["accept", "accept-language", "user-agent"]
    request.headers = HTTPFields(
      origin.headers.fields.filter { harmless.contains($0.name.lowercased()) }
    )
  }
}
