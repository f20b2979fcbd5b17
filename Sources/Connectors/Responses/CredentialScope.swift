package import HTTPMessages

/// Says whether credentials may follow a request to another address.
package enum CredentialScope {
  /// Same scheme, host and port; and never from https to http.
  package static func isSame(_ left: HTTPRequest, _ right: HTTPRequest) -> Bool {
    left.scheme == right.scheme && authority(left) == authority(right)
  }

  private static func authority(_ request: HTTPRequest) -> String {
    let text = request.authority.lowercased()
    let port = request.scheme == "https" ? ":443" : ":80"
    return text.hasSuffix(port) ? String(text.dropLast(port.count)) : text
  }
}
