internal import CCrypto

/// A private key that signs, and verifies what it signed.
///
/// `@unchecked Sendable`: the handle is never changed after it was made, and libcrypto lets any
/// number of threads sign with it.
package final class SigningKey: @unchecked Sendable {
  /// How signatures are made.
  ///
  /// Source: RFC 7518 section 3.1.
  package enum Algorithm: String, Hashable, Sendable {
    /// RSA with PKCS #1 v1.5 padding and SHA-256: about 0.25 ms for each signature.
    case rs256 = "RS256"
    /// ECDSA on P-256 with SHA-256: about 0.02 ms for each signature.
    case es256 = "ES256"
  }

  package let algorithm: Algorithm
  let handle: OpaquePointer

  /// Takes over the handle.
  init(_ algorithm: Algorithm, owning handle: OpaquePointer) {
    self.algorithm = algorithm
    self.handle = handle
  }

  deinit { EVP_PKEY_free(handle) }

  /// The signature of a message; an ECDSA signature is its two numbers, 32 bytes each.
  ///
  /// Source: RFC 7518 sections 3.3 and 3.4.
  package func signature(of message: [UInt8]) -> [UInt8] {
    guard let context = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
    defer { EVP_MD_CTX_free(context) }
    var count = Int(EVP_PKEY_get_size(handle))
    var signature = [UInt8](repeating: 0, count: count)
    let isDone =
      EVP_DigestSignInit(context, nil, Algorithms.sha256.handle, nil, handle) == 1
      && EVP_DigestSign(context, &signature, &count, message, message.count) == 1
    precondition(isDone, "libcrypto could not sign")
    signature.removeLast(signature.count - count)
    return algorithm == .es256 ? ECDSASignature.fixed(der: signature) : signature
  }

  /// Whether this key made the signature of the message.
  package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    let encoded = algorithm == .es256 ? ECDSASignature.der(fixed: signature) : signature
    guard let encoded, !encoded.isEmpty, let context = EVP_MD_CTX_new() else { return false }
    defer { EVP_MD_CTX_free(context) }
    defer { ERR_clear_error() }
    return EVP_DigestVerifyInit(context, nil, Algorithms.sha256.handle, nil, handle) == 1
      && EVP_DigestVerify(context, encoded, encoded.count, message, message.count) == 1
  }

  /// The public point of a P-256 key, uncompressed: 4, then 32 bytes for each coordinate.
  package var publicPoint: [UInt8] {
    var start: UnsafeMutablePointer<UInt8>?
    let count = EVP_PKEY_get1_encoded_public_key(handle, &start)
    defer { ccrypto_free(start) }
    return Array(UnsafeBufferPointer(start: start, count: count))
  }
}
