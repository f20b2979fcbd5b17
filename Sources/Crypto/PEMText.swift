internal import CCrypto

/// What libcrypto writes as PEM text.
enum PEMText {
  /// The text that a function of libcrypto writes.
  static func written(_ write: (OpaquePointer) -> Int32) -> String {
    guard let target = BIO_new(BIO_s_mem()) else { preconditionFailure("out of memory") }
    defer { BIO_free(target) }
    precondition(write(target) == 1, "libcrypto could not write PEM")
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = BIO_read(target, &bytes, Int32(bytes.count))
    return String(decoding: bytes.prefix(max(0, Int(count))), as: UTF8.self)
  }
}

extension SigningKey {
  /// The private key as PEM text without a passphrase.
  ///
  /// Source: RFC 7468 section 10.
  var text: String {
    PEMText.written { PEM_write_bio_PrivateKey($0, handle, nil, nil, 0, nil, nil) }
  }
}
