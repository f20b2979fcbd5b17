package import Diagnostics
package import HTTPMessages

/// Says where a redirect leads.
///
/// Source: RFC 9110 section 15.4; connector format reference, section (c).
package enum RedirectRule {
  package static let limit = 10

  /// The request to send next; `nil` when the response is none that is followed.
  ///
  /// - Parameters:
  ///   - request: The request that was answered.
  ///   - response: Its response.
  ///   - count: How many redirects were followed before.
  /// - Returns: A GET or HEAD without a body.
  /// - Throws: C0012 for a loop or for a step from https to http.
  package static func next(
    after request: HTTPRequest,
    _ response: HTTPResponse,
    count: Int
  ) throws(Diagnostic) -> FollowUp? {
    guard [301, 302, 303, 307, 308].contains(response.status),
      request.method == "GET" || request.method == "HEAD",
      let location = response.headers["Location"],
      let target = URLReference.resolve(location, against: request)
    else { return nil }
    guard count < limit else {
      throw Diagnostic(
        .unsafeRedirect,
        "more than \(limit) redirects",
        hint: "the service seems to redirect in a circle; call the final address"
      )
    }
    guard request.scheme == "http" || target.scheme == "https" else {
      throw Diagnostic(
        .unsafeRedirect,
        "a redirect leads from https to http on '\(target.host)'",
        hint: "call the final address if plain http is really meant"
      )
    }
    return FollowUp(to: target, like: request, method: request.method)
  }
}
