internal import CCrypto

/// Comparison that takes the same time wherever two values first differ.
package enum ConstantTime {
  /// Whether both hold the same bytes; only a difference in length is visible in the time taken.
  package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }
}
