internal import CCrypto
internal import Diagnostics

/// A certificate in the making, or one that was read.
///
/// `@unchecked Sendable`: the handle is changed only before anybody else sees it.
final class X509Certificate: @unchecked Sendable {
  private let handle: OpaquePointer

  /// A certificate that is to be signed.
  ///
  /// - Parameters:
  ///   - subject: The common name.
  ///   - serial: Up to 20 bytes.
  ///   - days: Its life, which began an hour ago so that a clock may be slow.
  ///   - key: What it certifies.
  ///   - issuer: `nil` when it certifies itself.
  ///   - extensions: Numbers of libcrypto with values in the words of its configuration files.
  init(
    subject: String,
    serial: [UInt8],
    days: Int,
    key: SigningKey,
    issuer: X509Certificate? = nil,
    extensions: [(Int32, String)]
  ) {
    guard let handle = X509_new() else { preconditionFailure("out of memory") }
    self.handle = handle
    X509_set_version(handle, Int(X509_VERSION_3))
    set(serial: serial)
    X509_gmtime_adj(X509_getm_notBefore(handle), -3600)
    X509_gmtime_adj(X509_getm_notAfter(handle), days * 86_400)
    X509_set_pubkey(handle, key.handle)
    let name = X509_get_subject_name(handle)
    X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, subject, -1, -1, 0)
    X509_set_issuer_name(handle, X509_get_subject_name((issuer ?? self).handle))
    for (number, value) in extensions { add(number, value, issuer ?? self) }
  }

  /// Reads PEM text.
  ///
  /// - Throws: `V0007` when it holds no certificate, or not that of the key.
  init(pem: String, of key: SigningKey) throws(Diagnostic) {
    let text = Array(pem.utf8)
    guard let source = BIO_new_mem_buf(text, Int32(clamping: text.count)) else {
      preconditionFailure("out of memory")
    }
    defer { BIO_free(source) }
    defer { ERR_clear_error() }
    guard let handle = PEM_read_bio_X509(source, nil, nil, nil) else {
      throw SigningCertificate.unusable("the text holds no certificate in PEM form")
    }
    self.handle = handle
    guard X509_check_private_key(handle, key.handle) == 1 else {
      throw SigningCertificate.unusable(
        "the certificate and the private key do not belong together"
      )
    }
  }

  deinit { X509_free(handle) }

  /// Signs it with the key of its issuer.
  func sign(by key: SigningKey) {
    precondition(X509_sign(handle, key.handle, EVP_sha256()) > 0, "libcrypto could not sign")
  }

  var text: String { PEMText.written { PEM_write_bio_X509($0, handle) } }

  private func set(serial: [UInt8]) {
    let number = BN_bin2bn(serial, Int32(serial.count), nil)
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(handle))
    BN_free(number)
  }

  private func add(_ number: Int32, _ value: String, _ issuer: X509Certificate) {
    var context = X509V3_CTX()
    X509V3_set_ctx(&context, issuer.handle, handle, nil, nil, 0)
    guard let made = X509V3_EXT_conf_nid(nil, &context, number, value) else {
      preconditionFailure("libcrypto does not know the extension '\(value)'")
    }
    X509_add_ext(handle, made, -1)
    X509_EXTENSION_free(made)
  }
}
