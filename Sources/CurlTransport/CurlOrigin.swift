import CCurl
import HTTPMessages

/// Scheme, host and port that requests go to, taken apart once for all of them.
///
/// Source: https://curl.se/libcurl/c/CURLOPT_CURLU.html
final class CurlOrigin {
  let url: String
  /// What libcurl reads; `nil` when there is no such origin, which libcurl then says itself.
  let parts: OpaquePointer?
  private let scheme: String
  private let authority: String

  init(of request: HTTPRequest) {
    scheme = request.scheme
    authority = request.authority
    url = "\(scheme)://\(authority)/"
    parts = Self.parts(of: url)
  }

  deinit { curl_url_cleanup(parts) }

  func isOrigin(of request: HTTPRequest) -> Bool {
    request.authority == authority && request.scheme == scheme
  }

  private static func parts(of url: String) -> OpaquePointer? {
    let parts = curl_url()
    if curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK { return parts }
    curl_url_cleanup(parts)
    return nil
  }
}
