import CCurl
import HTTPMessages
import Seams

/// One easy handle of libcurl with what it gathers, used for one transfer after another.
///
/// Confined to the thread of `CurlLoop`.
final class CurlHandle {
  let easy: UnsafeMutableRawPointer
  private(set) var transfer: Transfer?

  private let collector = ResponseCollector()
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private let headers = HeaderList()
  private var isDecompressing = false

  init?() {
    guard let easy = curl_easy_init() else { return nil }
    self.easy = easy
  }

  deinit {
    curl_easy_cleanup(easy)
    errorText.deallocate()
  }

  /// Sets every option of a request.
  ///
  /// - Returns: `false` when libcurl refuses one, which it does for text of 8 MB and more.
  func prepare(_ transfer: Transfer, _ settings: CurlSettings) -> Bool {
    let request = transfer.request
    self.transfer = transfer
    collector.byteLimit = transfer.limits.responseByteCount
    isDecompressing = request.headers["Accept-Encoding"] == nil
    let isPrepared = [
      setAddress(of: request, settings),
      setMethod(of: request),
      setLimits(transfer),
      setTrust(settings),
      setCertificate(transfer.limits.clientCertificate),
      setCallbacks(),
      set(CURLOPT_HTTPHEADER, pointer: headers.fill(from: request)),
      request.headers["User-Agent"] != nil || set(CURLOPT_USERAGENT, settings.userAgent),
      !isDecompressing || set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate"),
    ]
    return isPrepared.allSatisfy { $0 }
  }

  /// What a finished transfer means.
  func result(of code: CURLcode) -> Result<HTTPResponse, TransportFailure> {
    guard code == CURLE_OK else { return .failure(failure(code)) }
    var status = 0
    ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
    return .success(collector.response(status: status, isDecompressed: isDecompressing))
  }

  /// Forgets the transfer; connections stay open.
  func clear() {
    curl_easy_reset(easy)
    transfer = nil
    collector.clear()
  }

  private func failure(_ code: CURLcode) -> TransportFailure {
    let authority = transfer?.request.authority ?? ""
    // The first when the length was announced, the second when it was not.
    if code == CURLE_FILESIZE_EXCEEDED || collector.isTooLarge {
      return .tooLarge(collector.byteLimit, authority: authority)
    }
    return TransportFailure(code, authority: authority, detail: String(cString: errorText))
  }
}

extension CurlHandle {
  private func setAddress(of request: HTTPRequest, _ settings: CurlSettings) -> Bool {
    let isTargetApart = request.scheme == "https" || !settings.mayProxyPlainHTTP
    let url = isTargetApart ? "\(request.scheme)://\(request.authority)/" : request.url
    // Streams of HTTP/2 share a connection; without TLS there is none to wait for.
    let waits = request.scheme == "https" ? 1 : 0
    return set(CURLOPT_URL, url)
      && set(CURLOPT_PATH_AS_IS, 1)
      && (!isTargetApart || set(CURLOPT_REQUEST_TARGET, request.target))
      && set(CURLOPT_PROTOCOLS_STR, "http,https")
      && set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
      && set(CURLOPT_PIPEWAIT, waits)
      && set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
  }

  private func setMethod(of request: HTTPRequest) -> Bool {
    let hasBody = !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method)
    if request.method == "HEAD" { return set(CURLOPT_NOBODY, 1) }
    if hasBody {
      guard set(CURLOPT_POST, 1), setBody(request.body) else { return false }
    } else {
      guard set(CURLOPT_HTTPGET, 1) else { return false }
    }
    let isNatural = request.method == (hasBody ? "POST" : "GET")
    return isNatural || set(CURLOPT_CUSTOMREQUEST, request.method)
  }

  private func setBody(_ body: [UInt8]) -> Bool {
    let size = ccurl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
    guard size == CURLE_OK else { return false }
    if body.isEmpty { return set(CURLOPT_COPYPOSTFIELDS, "") }
    return body.withUnsafeBytes { bytes in
      let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
      return ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, start) == CURLE_OK
    }
  }

  private func setLimits(_ transfer: Transfer) -> Bool {
    let limits = transfer.limits
    // A HEAD response announces a body that does not come.
    let isBounded = transfer.request.method != "HEAD"
    return set(CURLOPT_NOSIGNAL, 1)
      && set(CURLOPT_TCP_KEEPALIVE, 1)
      && (!limits.avoidsProxy && limits.socketPath == nil || set(CURLOPT_NOPROXY, "*"))
      && (limits.socketPath.map { set(CURLOPT_UNIX_SOCKET_PATH, $0) } ?? true)
      && set(CURLOPT_CONNECTTIMEOUT_MS, limits.connectTimeout.milliseconds)
      && set(CURLOPT_TIMEOUT_MS, limits.totalTimeout.milliseconds)
      && (!isBounded || setByteLimit(limits.responseByteCount))
  }

  // Zero means no limit to libcurl; the collector still has it.
  private func setByteLimit(_ count: Int) -> Bool {
    ccurl_set_size(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(count)) == CURLE_OK
  }

  private func setCallbacks() -> Bool {
    let user = Unmanaged.passUnretained(collector).toOpaque()
    errorText.pointee = 0
    return ccurl_set_callback(easy, CURLOPT_HEADERFUNCTION, collectHeader) == CURLE_OK
      && ccurl_set_callback(easy, CURLOPT_WRITEFUNCTION, collectBody) == CURLE_OK
      && set(CURLOPT_HEADERDATA, pointer: user)
      && set(CURLOPT_WRITEDATA, pointer: user)
      && set(CURLOPT_ERRORBUFFER, pointer: errorText)
  }

  func set(_ option: CURLoption, _ value: Int) -> Bool {
    ccurl_set_long(easy, option, value) == CURLE_OK
  }

  func set(_ option: CURLoption, _ text: String) -> Bool {
    ccurl_set_text(easy, option, text) == CURLE_OK
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
