/// Bytes as hexadecimal digits.
///
/// Source: RFC 4648 section 8.
package enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Two lower-case digits for each byte.
  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self
    )
  }

  /// The bytes of an even number of digits in any case; `nil` for anything else.
  static func decode(_ text: String) -> [UInt8]? {
    let values = text.utf8.map { UInt8(Substring(String(UnicodeScalar($0))), radix: 16) }
    guard values.count.isMultiple(of: 2), !values.contains(nil) else { return nil }
    return stride(from: 0, to: values.count, by: 2).map { index in
      (values[index] ?? 0) << 4 | (values[index + 1] ?? 0)
    }
  }
}
