import CCurl
import Seams

extension TransportFailure {
  static let requestCancelled = TransportFailure(.cancelled, "the request was cancelled")
  static let transportClosed = TransportFailure(.cancelled, "the transport is closed")
  static let outOfMemory = TransportFailure(.connection, "there is not enough memory to send")

  static let unacceptable = TransportFailure(.invalidRequest, "the URL is too long to send")

  static func tooLarge(_ byteCount: Int, authority: String) -> TransportFailure {
    let headers = ResponseCollector.headerByteLimit
    let limits = "\(byteCount) bytes of body and \(headers) bytes of headers"
    return TransportFailure(.tooLarge, "the response of '\(authority)' exceeds \(limits)")
  }

  /// What a result code of libcurl means.
  ///
  /// - Parameters:
  ///   - code: Anything but success.
  ///   - authority: Host and port of the request.
  ///   - detail: What libcurl says; it names hosts, addresses and certificates.
  ///
  /// Source: https://curl.se/libcurl/c/libcurl-errors.html
  init(_ code: CURLcode, authority: String, detail: String) {
    let kind = Self.kind(of: code, detail)
    let reason = String(cString: curl_easy_strerror(code)).lowercased()
    let message =
      switch kind {
      case .unknownHost: "the host of '\(authority)' does not resolve"
      case .timeout: "'\(authority)' did not answer in time"
      case .tooLarge: "the response of '\(authority)' exceeds the size limit"
      case .tls:
        "the secure connection to '\(authority)' was refused: \(detail.isEmpty ? reason : detail)"
      case .connection, .cancelled: "the connection to '\(authority)' failed: \(reason)"
      case .invalidRequest: "the request to '\(authority)' cannot be sent: \(reason)"
      }
    self.init(kind, "\(message) (curl code \(code.rawValue))")
  }

  private static func kind(of code: CURLcode, _ detail: String) -> Kind {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .unknownHost
    case CURLE_OPERATION_TIMEDOUT: .timeout
    case CURLE_FILESIZE_EXCEEDED: .tooLarge
    case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT: .invalidRequest
    case CURLE_SSL_CONNECT_ERROR:
      // A peer that hangs up during the handshake may be back the next time.
      detail.contains("SYSCALL") || detail.contains("reset") ? .connection : .tls
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED,
      CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CRL_BADFILE, CURLE_USE_SSL_FAILED:
      .tls
    default: .connection
    }
  }
}
