import HTTPMessages
internal import CCrypto
package import Diagnostics

/// A certificate with its private key, which signs statements about its holder.
package struct SigningCertificate: Sendable {
  package let key: SigningKey
  /// SHA-1 and SHA-256 of the certificate's DER bytes: names for it, no protection.
  package let thumbprints: (sha1: [UInt8], sha256: [UInt8])

  /// Reads PEM text that holds the private key and the certificate; of several the first counts.
  ///
  /// - Throws: V0006 for an unusable key, V0007 for an unusable certificate.
  package init(pem: String) throws(Diagnostic) {
    let key = try SigningKey(pem: pem)
    let text = Array(pem.utf8)
    guard let source = BIO_new_mem_buf(text, Int32(clamping: text.count)) else {
      preconditionFailure("out of memory")
    }
    defer { BIO_free(source) }
    defer { ERR_clear_error() }
    guard let certificate = PEM_read_bio_X509(source, nil, nil, nil) else {
      throw Self.unusable("the text holds no certificate in PEM form")
    }
    defer { X509_free(certificate) }
    self.key = key
    thumbprints = try Self.thumbprints(certificate, of: key)
  }

  /// Reads the bytes of a PKCS #12 file (`.pfx`).
  ///
  /// - Throws: V0006 for an unusable key, V0007 when the file or its password is wrong.
  package init(pkcs12 bytes: [UInt8], password: String) throws(Diagnostic) {
    defer { ERR_clear_error() }
    let count = bytes.count
    let parsed = bytes.withUnsafeBufferPointer { buffer in
      var start = buffer.baseAddress
      return d2i_PKCS12(nil, &start, count)
    }
    guard let parsed else { throw Self.unusable("the value is no PKCS #12 file in Base64") }
    defer { PKCS12_free(parsed) }
    var handle: OpaquePointer?
    var certificate: OpaquePointer?
    guard PKCS12_parse(parsed, password, &handle, &certificate, nil) == 1, let handle else {
      throw Self.unusable("the PKCS #12 file does not open with this password, or is too old")
    }
    guard let certificate, let algorithm = SigningKey.algorithm(of: handle) else {
      EVP_PKEY_free(handle)
      X509_free(certificate)
      throw Self.unusable("the PKCS #12 file holds no certificate with an RSA or P-256 key")
    }
    defer { X509_free(certificate) }
    key = SigningKey(algorithm, owning: handle)
    thumbprints = try Self.thumbprints(certificate, of: key)
  }

  /// Claims as a JWT whose header names the certificate.
  ///
  /// - Parameter claims: JSON in UTF-8.
  /// - Returns: The token in compact form.
  ///
  /// Source: RFC 7515 sections 4.1.7 and 4.1.8.
  package func statement(_ claims: [UInt8]) -> String {
    let header =
      #"{"alg":"\#(key.algorithm.rawValue)","typ":"JWT","#
      + #""x5t":"\#(Base64.encodeURL(thumbprints.sha1))","#
      + #""x5t#S256":"\#(Base64.encodeURL(thumbprints.sha256))"}"#
    return JWT.encode(header: Array(header.utf8), claims: claims, key: key)
  }

  private static func thumbprints(_ certificate: OpaquePointer, of key: SigningKey)
    throws(Diagnostic) -> (sha1: [UInt8], sha256: [UInt8])
  {
    guard X509_check_private_key(certificate, key.handle) == 1 else {
      throw unusable("the certificate and the private key do not belong together")
    }
    return (digest(certificate, EVP_sha1()), digest(certificate, EVP_sha256()))
  }

  private static func digest(_ certificate: OpaquePointer, _ kind: OpaquePointer?) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 64)
    var count: UInt32 = 0
    precondition(X509_digest(certificate, kind, &bytes, &count) == 1, "libcrypto could not hash")
    return Array(bytes.prefix(Int(count)))
  }

  static func unusable(_ message: String) -> Diagnostic {
    Diagnostic(
      .unusableCertificate,
      message,
      hint: "give PEM text with the certificate and its key: openssl pkcs12 -in FILE -nodes"
    )
  }
}
