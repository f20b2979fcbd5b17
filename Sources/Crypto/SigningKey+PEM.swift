internal import CCrypto
package import Diagnostics

extension SigningKey {
  /// Reads a private key from PEM text; certificates beside it are skipped.
  ///
  /// - Throws: `V0006` for text without a key, a key behind a passphrase, and kinds of key other
  ///   than RSA with 2048 bits or more and P-256.
  ///
  /// Source: RFC 7468 sections 10 and 13.
  package convenience init(pem: String) throws(Diagnostic) {
    let text = Array(pem.utf8)
    guard let source = BIO_new_mem_buf(text, Int32(clamping: text.count)) else {
      preconditionFailure("out of memory")
    }
    defer { BIO_free(source) }
    defer { ERR_clear_error() }
    // The empty passphrase keeps libcrypto from asking for one on the terminal.
    let passphrase = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    passphrase.initialize(to: 0)
    defer { passphrase.deallocate() }
    guard let handle = PEM_read_bio_PrivateKey(source, nil, nil, passphrase) else {
      throw Self.unusable("the text holds no private key in PEM form without a passphrase")
    }
    guard let algorithm = Self.algorithm(of: handle) else {
      EVP_PKEY_free(handle)
      throw Self.unusable("the private key is neither RSA with 2048 bits or more nor P-256")
    }
    self.init(algorithm, owning: handle)
  }

  static func algorithm(of handle: OpaquePointer) -> Algorithm? {
    if EVP_PKEY_is_a(handle, "RSA") == 1 {
      return EVP_PKEY_get_bits(handle) >= 2048 ? .rs256 : nil
    }
    guard EVP_PKEY_is_a(handle, "EC") == 1 else { return nil }
    var name = [CChar](repeating: 0, count: 64)
    var count = 0
    guard EVP_PKEY_get_group_name(handle, &name, name.count, &count) == 1 else { return nil }
    let curve = String(decoding: name.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    return curve == "prime256v1" ? .es256 : nil
  }

  private static func unusable(_ message: String) -> Diagnostic {
    Diagnostic(
      .unusablePrivateKey,
      message,
      hint: "convert it with: openssl pkcs8 -topk8 -nocrypt -in KEY -out KEY.pem"
    )
  }
}
