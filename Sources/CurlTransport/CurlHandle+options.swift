import CCurl
import HTTPMessages
import Seams

extension CurlHandle {
  /// What is the same for every request.
  func setStandingOptions() -> Bool {
    set(CURLOPT_NOSIGNAL, 1)
      && set(CURLOPT_TCP_KEEPALIVE, 1)
      && set(CURLOPT_PATH_AS_IS, 1)
      && set(CURLOPT_PROTOCOLS_STR, "http,https")
      && set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
      && set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
  }

  /// The target stands apart from the URL, which libcurl would rewrite, unless a proxy wants both
  /// in one.
  func setAddress(of request: HTTPRequest) -> Bool {
    guard request.scheme == "https" || !settings.mayProxyPlainHTTP else {
      origin = nil
      return set(CURLOPT_CURLU, pointer: nil)
        && set(CURLOPT_URL, request.url)
        && set(CURLOPT_REQUEST_TARGET, nil)
        && set(CURLOPT_PIPEWAIT, 0)
    }
    return setOrigin(of: request) && set(CURLOPT_REQUEST_TARGET, request.target)
  }

  private func setOrigin(of request: HTTPRequest) -> Bool {
    if let origin, origin.isOrigin(of: request) { return true }
    let new = CurlOrigin(of: request)
    origin = new
    return set(CURLOPT_CURLU, pointer: new.parts.map { UnsafeMutableRawPointer($0) })
      && set(CURLOPT_URL, new.url)
      // Streams of HTTP/2 share a connection; without TLS there is none to wait for.
      && set(CURLOPT_PIPEWAIT, request.scheme == "https" ? 1 : 0)
  }

  /// Through which proxy or socket; libcurl looks for proxies in the environment each time that it
  /// is not told that there is none.
  func setWay(of request: HTTPRequest, _ limits: TransferLimits) -> Bool {
    let isDirect =
      limits.avoidsProxy || limits.socketPath != nil
      || request.scheme == "http" && !settings.mayProxyPlainHTTP
    return set(CURLOPT_NOPROXY, isDirect ? "*" : nil)
      && set(CURLOPT_UNIX_SOCKET_PATH, limits.socketPath)
  }

  func setMethod(of request: HTTPRequest) -> Bool {
    if request.method == "HEAD" {
      return set(CURLOPT_NOBODY, 1) && set(CURLOPT_CUSTOMREQUEST, nil)
    }
    let hasBody = !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method)
    let isNatural = request.method == (hasBody ? "POST" : "GET")
    return (hasBody ? setBody(request.body) : set(CURLOPT_HTTPGET, 1))
      && set(CURLOPT_CUSTOMREQUEST, isNatural ? nil : request.method)
  }

  private func setBody(_ body: [UInt8]) -> Bool {
    let size = ccurl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
    guard set(CURLOPT_POST, 1), size == CURLE_OK else { return false }
    if body.isEmpty { return set(CURLOPT_COPYPOSTFIELDS, "") }
    return body.withUnsafeBytes { bytes in
      set(CURLOPT_COPYPOSTFIELDS, pointer: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }
  }

  func setLimits(of request: HTTPRequest, _ limits: TransferLimits) -> Bool {
    // A HEAD response announces a body that does not come. Zero means no limit to libcurl; the
    // collector still has it.
    let byteLimit = request.method == "HEAD" ? 0 : limits.responseByteCount
    return set(CURLOPT_CONNECTTIMEOUT_MS, limits.connectTimeout.milliseconds)
      && set(CURLOPT_TIMEOUT_MS, limits.totalTimeout.milliseconds)
      && ccurl_set_size(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(byteLimit)) == CURLE_OK
  }

  func set(_ option: CURLoption, _ value: Int) -> Bool {
    ccurl_set_long(easy, option, value) == CURLE_OK
  }

  /// `nil` takes the option back.
  func set(_ option: CURLoption, _ text: String?) -> Bool {
    guard let text else { return set(option, pointer: nil) }
    return ccurl_set_text(easy, option, text) == CURLE_OK
  }

  func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) -> Bool {
    ccurl_set_pointer(easy, option, pointer) == CURLE_OK
  }
}

extension Duration {
  /// At least 1, because 0 means the default of libcurl.
  fileprivate var milliseconds: Int {
    let seconds = min(max(components.seconds, 0), Int64(Int32.max) / 1000 - 1)
    return max(1, Int(seconds * 1000 + components.attoseconds / 1_000_000_000_000_000))
  }
}
