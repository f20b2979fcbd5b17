/// IP addresses that share their first bits: `10.0.0.0/8`, `fd00::/8`, or one address.
///
/// Source: RFC 4632 section 3.1.
package struct AddressRange: Hashable, Sendable {
  private let first: [UInt8]
  private let bits: Int

  /// Reads an address with or without a number of leading bits; `nil` for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPAddress(parts[0]) else { return nil }
    let width = address.bytes.count * 8
    first = address.bytes
    guard parts.count == 2 else {
      bits = width
      return
    }
    guard let bits = Int(parts[1]), (0...width).contains(bits), parts[1].first != "+" else {
      return nil
    }
    self.bits = bits
  }

  package func contains(_ address: IPAddress) -> Bool {
    guard address.bytes.count == first.count else { return false }
    let whole = bits / 8
    guard address.bytes[..<whole] == first[..<whole] else { return false }
    let rest = bits % 8
    return rest == 0 || (address.bytes[whole] ^ first[whole]) >> UInt8(8 - rest) == 0
  }
}
