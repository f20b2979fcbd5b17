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
  package func uuid() -> String {
    var bytes = bytes(16)
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
      text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: text, as: UTF8.self)
  }
}
