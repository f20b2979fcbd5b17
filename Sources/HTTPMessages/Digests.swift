/// The hash functions that signing needs, handed in as values so that the core stays pure.
package struct Digests: Sendable {
  /// SHA-256 of the bytes.
  package var sha256: @Sendable ([UInt8]) -> [UInt8]
  /// HMAC-SHA-256 of a message under a key.
  package var hmacSHA256: @Sendable (_ key: [UInt8], _ message: [UInt8]) -> [UInt8]

  /// Whether two codes are the same; takes the same time wherever they differ.
  package var areEqual: @Sendable ([UInt8], [UInt8]) -> Bool

  /// What stands in for a real implementation may compare as it likes.
  package init(
    sha256: @escaping @Sendable ([UInt8]) -> [UInt8],
    hmacSHA256: @escaping @Sendable (_ key: [UInt8], _ message: [UInt8]) -> [UInt8],
    areEqual: @escaping @Sendable ([UInt8], [UInt8]) -> Bool = { $0 == $1 }
  ) {
    self.areEqual = areEqual
    self.sha256 = sha256
    self.hmacSHA256 = hmacSHA256
  }
}
