/// Where randomness comes from.
package protocol Entropy: Sendable {
  /// Random bytes, fit for keys and identifiers.
  func bytes(_ count: Int) -> [UInt8]
}

extension Entropy {
  /// A random 64-bit number.
  package func number() -> UInt64 {
    bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A random UUID in lower case.
  ///
  /// Source: RFC 9562 section 5.4 (version 4).
  package func uuid() -> String { UUIDText.text(bytes(16), version: 4) }
}
