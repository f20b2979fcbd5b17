/// Ranges of IP addresses, such as those of the proxies in front of a server.
package struct AddressList: Hashable, Sendable {
  package var ranges: [AddressRange]

  package init(_ ranges: [AddressRange] = []) { self.ranges = ranges }

  package func contains(_ address: IPAddress) -> Bool {
    ranges.contains { $0.contains(address) }
  }

  /// Whether an address in digits is in one of the ranges; anything else is not.
  package func contains(_ host: String) -> Bool {
    guard !ranges.isEmpty, let address = IPAddress(host) else { return false }
    return contains(address)
  }
}
