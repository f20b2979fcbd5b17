internal import CCrypto

/// The hash function SHA-256.
///
/// Source: FIPS 180-4.
package enum SHA256 {
  /// The length of a digest, in bytes.
  package static let byteCount = 32

  /// The digest of the bytes, 32 bytes long.
  package static func digest(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: byteCount) { digest, count in
      let isDone = EVP_Digest(
        bytes,
        bytes.count,
        digest.baseAddress,
        nil,
        Algorithms.sha256.handle,
        nil
      )
      precondition(isDone == 1, "libcrypto could not compute SHA-256")
      count = byteCount
    }
  }
}
