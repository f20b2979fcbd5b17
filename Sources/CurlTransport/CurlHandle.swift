import CCurl
import HTTPMessages
import Seams

/// One easy handle of libcurl with what it gathers, used for one transfer after another.
///
/// What is the same for all requests is set once; each request sets everything else.
///
/// Confined to the thread of `CurlLoop`.
final class CurlHandle {
  let easy: UnsafeMutableRawPointer
  let settings: CurlSettings
  private(set) var transfer: Transfer?
  /// Where requests go whose URL was set last.
  var origin: CurlOrigin?
  /// Whether a certificate is set.
  var hasCertificate = false

  private let collector = ResponseCollector()
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private let headers = HeaderList()
  private var isDecompressing = false

  init?(_ settings: CurlSettings) {
    guard let easy = curl_easy_init() else { return nil }
    self.easy = easy
    self.settings = settings
    guard setStandingOptions(), setTrust(settings), setCallbacks() else { return nil }
  }

  deinit {
    curl_easy_cleanup(easy)
    errorText.deallocate()
  }

  /// Sets what is this request's.
  ///
  /// - Returns: `false` when libcurl refuses an option, which it does for text of 8 MB and more.
  func prepare(_ transfer: Transfer) -> Bool {
    let (request, limits) = (transfer.request, transfer.limits)
    self.transfer = transfer
    collector.byteLimit = limits.responseByteCount
    errorText.pointee = 0
    return setAddress(of: request)
      && setWay(of: request, limits)
      && setMethod(of: request)
      && setLimits(of: request, limits)
      && setCertificate(limits.clientCertificate)
      && setDecompression(request.headers["Accept-Encoding"] == nil)
      && set(CURLOPT_HTTPHEADER, pointer: headers.fill(from: request, settings.userAgent))
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
    // A key or a body is not to lie in memory until the next transfer.
    _ = setCertificate(nil)
    if transfer?.request.body.isEmpty == false { _ = set(CURLOPT_COPYPOSTFIELDS, nil) }
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

  private func setCallbacks() -> Bool {
    let user = Unmanaged.passUnretained(collector).toOpaque()
    return ccurl_set_callback(easy, CURLOPT_HEADERFUNCTION, collectHeader) == CURLE_OK
      && ccurl_set_callback(easy, CURLOPT_WRITEFUNCTION, collectBody) == CURLE_OK
      && set(CURLOPT_HEADERDATA, pointer: user)
      && set(CURLOPT_WRITEDATA, pointer: user)
      && set(CURLOPT_ERRORBUFFER, pointer: errorText)
  }

  // The header that asks for it is in the list, where libcurl formats it once instead of twice.
  private func setDecompression(_ isWanted: Bool) -> Bool {
    guard isWanted != isDecompressing else { return true }
    isDecompressing = isWanted
    return set(CURLOPT_ACCEPT_ENCODING, isWanted ? HeaderList.acceptedEncodings : nil)
  }
}
