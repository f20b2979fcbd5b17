import CCurl

/// What is the same for every request of a transport.
struct CurlSettings: Sendable {
  let userAgent: String
  /// The only authorities to trust, in PEM; `nil` trusts those of the system.
  let certificateFile: String?
  /// Whether libcurl may send plain HTTP through a proxy, which needs the absolute URL.
  let mayProxyPlainHTTP: Bool

  init(userAgent: String, certificateFile: String?) {
    self.userAgent = userAgent
    self.certificateFile = certificateFile
    mayProxyPlainHTTP = ["http_proxy", "all_proxy", "ALL_PROXY"].contains { name in
      let value = curl_getenv(name)
      defer { curl_free(value) }
      return value.map { $0.pointee != 0 } ?? false
    }
  }
}
