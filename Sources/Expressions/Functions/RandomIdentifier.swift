/// A random UUID in the formats of .NET.
///
/// Source: RFC 9562 section 5.4; .NET `Guid.ToString(String)`.
struct RandomIdentifier {
  private let digits: [Character]

  /// Takes 122 of the 128 random bits.
  init(high: UInt64, low: UInt64) {
    let high = high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    digits = Self.hexadecimal(high) + Self.hexadecimal(low)
  }

  /// `nil` for an unknown format.
  func text(_ format: String) -> String? {
    switch format.uppercased() {
    case "N": String(digits)
    case "", "D": hyphenated
    case "B": "{\(hyphenated)}"
    case "P": "(\(hyphenated))"
    case "X": nested
    default: nil
    }
  }

  private var hyphenated: String {
    [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
  }

  private var nested: String {
    let bytes = stride(from: 16, to: 32, by: 2).map { "0x" + String(digits[$0..<$0 + 2]) }
    let parts = [0..<8, 8..<12, 12..<16].map { "0x" + String(digits[$0]) }
    return "{\(parts.joined(separator: ",")),{\(bytes.joined(separator: ","))}}"
  }

  private static func hexadecimal(_ value: UInt64) -> [Character] {
    let digits = String(value, radix: 16)
    return Array(String(repeating: "0", count: 16 - digits.count) + digits)
  }
}
