internal import CCrypto

/// The algorithms of libcrypto, fetched once because a fetch costs more than a digest.
enum Algorithms {
  static let sha256 = Shared(EVP_MD_fetch(nil, "SHA256", nil), "SHA-256")
  static let aes256GCM = Shared(EVP_CIPHER_fetch(nil, "AES-256-GCM", nil), "AES-256-GCM")

  /// An HMAC context with its digest chosen and no key, to be copied for each use.
  static let hmacSHA256 = Shared(hmacTemplate(), "HMAC-SHA-256")

  /// A handle that nobody changes after it was made.
  ///
  /// libcrypto allows any number of threads to read from such a handle; its reference counts are
  /// atomic.
  struct Shared: @unchecked Sendable {
    let handle: OpaquePointer

    init(_ handle: OpaquePointer?, _ name: String) {
      guard let handle else { preconditionFailure("libcrypto offers no \(name)") }
      self.handle = handle
    }
  }

  private static func hmacTemplate() -> OpaquePointer? {
    guard let mac = EVP_MAC_fetch(nil, "HMAC", nil) else { return nil }
    defer { EVP_MAC_free(mac) }
    guard let context = EVP_MAC_CTX_new(mac) else { return nil }
    var digest = Array("SHA256".utf8CString)
    let isSet = digest.withUnsafeMutableBufferPointer { name in
      let parameters = [
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0),
        OSSL_PARAM_construct_end(),
      ]
      return EVP_MAC_CTX_set_params(context, parameters) == 1
    }
    guard isSet else {
      EVP_MAC_CTX_free(context)
      return nil
    }
    return context
  }
}
