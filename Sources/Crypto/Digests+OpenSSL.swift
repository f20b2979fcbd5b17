package import HTTPMessages

extension Digests {
  /// The hash functions of libcrypto.
  package static let openSSL = Digests(
    sha256: SHA256.digest,
    hmacSHA256: HMACSHA256.code(key:message:),
    areEqual: ConstantTime.areEqual
  )
}
