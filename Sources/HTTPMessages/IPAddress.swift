internal import Glibc

/// An IPv4 or IPv6 address as its bits.
///
/// An IPv4 address that is written in IPv6 form, `::ffff:10.0.0.1`, is that IPv4 address.
package struct IPAddress: Hashable, Sendable {
  /// 4 or 16 bytes, the most significant first.
  package let bytes: [UInt8]

  /// Reads an address in digits, without brackets, port or zone; `nil` for anything else.
  package init?(_ text: some StringProtocol) {
    var four = in_addr()
    var six = in6_addr()
    let text = String(text)
    guard !text.utf8.contains(0) else { return nil }
    if inet_pton(AF_INET, text, &four) == 1 {
      bytes = withUnsafeBytes(of: four) { Array($0) }
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      let all = withUnsafeBytes(of: six) { Array($0) }
      bytes = all.starts(with: Self.mapped) ? Array(all.dropFirst(12)) : all
    } else {
      return nil
    }
  }

  private static let mapped: [UInt8] = .init(repeating: 0, count: 10) + [0xFF, 0xFF]

  /// Whether it is this machine's own: `127.0.0.0/8` or `::1`.
  package var isLoopback: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes.last == 1 && bytes.dropLast().allSatisfy { $0 == 0 }
  }
}
