package import HTTPMessages

/// A trigger whose service says itself whether there is something, and where to ask next.
///
/// Source: connector format reference, section (g), polling, native.
package enum NativePolling {
  /// The address that a `Location` names; never one without protection when the request had some.
  package static func location(of response: HTTPResponse, to request: HTTPRequest) -> HTTPRequest? {
    guard let location = response.headers["Location"],
      let target = URLReference.resolve(location, against: request),
      request.scheme == "http" || target.scheme == "https"
    else { return nil }
    return target
  }
}
