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
      case .tls where code == CURLE_SSL_CERTPROBLEM:
        "the client certificate for '\(authority)' \(Self.certificateProblem(detail, reason))"
      case .tls where Self.isCertificateRequired(code, detail):
        "'\(authority)' asks for a client certificate, and none was shown"
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
    // With TLS 1.3 a server refuses the client only after the handshake.
    case CURLE_RECV_ERROR, CURLE_SEND_ERROR: isRefusal(detail) ? .tls : .connection
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CLIENTCERT, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_NOTFOUND,
      CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CRL_BADFILE,
      CURLE_USE_SSL_FAILED:
      .tls
    default: .connection
    }
  }

  /// Why a client certificate cannot be shown, from what libcurl says of it.
  ///
  /// Source: libcurl 7.88, lib/vtls/openssl.c, cert_stuff.
  private static func certificateProblem(_ detail: String, _ reason: String) -> String {
    if detail.contains("unsupported") {
      return "is encrypted in an old way; export it again with a current one, such as AES-256"
    }
    if detail.contains("check password") {
      return "cannot be opened; its password is wrong or it is damaged"
    }
    if detail.contains("error reading PKCS12") { return "is no PKCS #12 (pfx) file" }
    return "cannot be used: \(detail.isEmpty ? reason : detail)"
  }

  private static func isCertificateRequired(_ code: CURLcode, _ detail: String) -> Bool {
    code == CURLE_SSL_CLIENTCERT || detail.contains("alert certificate required")
  }

  /// Whether the server said that it does not accept the client's certificate.
  ///
  /// Source: RFC 8446 section 6.2.
  private static func isRefusal(_ detail: String) -> Bool {
    let names = ["certificate", "unknown ca", "access denied"]
    return detail.contains(" alert ") && names.contains { detail.contains($0) }
  }
}
