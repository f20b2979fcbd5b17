/// The part of a user id that tells the users of one resource apart: 128 bits.
struct UserID: Codable, Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  /// Takes 16 bytes as they are.
  init(_ bytes: [UInt8]) {
    high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes.dropFirst(8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Reads `8:acs:<resource>_<id>`; `nil` for any other text and for ids of other resources.
  init?(_ text: String, of resource: SandboxResource) {
    let prefix = "\(Self.prefix)acs:\(resource.id)_"
    guard text.utf8.starts(with: prefix.utf8) else { return nil }
    var (high, low, digits) = (UInt64(0), UInt64(0), 0)
    for (index, character) in text.utf8.dropFirst(prefix.utf8.count).enumerated() {
      if Self.dashes.contains(index) {
        guard character == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard digits < 32, let value = Self.value(character) else { return nil }
      high = high << 4 | low >> 60
      low = low << 4 | value
      digits += 1
    }
    guard digits == 32 else { return nil }
    self.high = high
    self.low = low
  }

  /// As the service writes it.
  ///
  /// Source: Azure Communication fact sheet, section 2.
  func text(in resource: SandboxResource) -> String {
    Self.prefix + claim(in: resource)
  }

  /// As tokens name the user: without the kind.
  func claim(in resource: SandboxResource) -> String {
    "acs:\(resource.id)_\(guid)"
  }

  private var guid: String {
    String(unsafeUninitializedCapacity: 36) { text in
      var digits = 0
      for index in 0..<36 {
        if Self.dashes.contains(index) {
          text[index] = UInt8(ascii: "-")
          continue
        }
        let word = digits < 16 ? high : low
        let value = UInt8(word >> UInt64(60 - digits % 16 * 4) & 15)
        text[index] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
        digits += 1
      }
      return 36
    }
  }

  private static let prefix = "8:"
  private static let dashes = [8, 13, 18, 23]

  /// Upper-case digits are refused: an id is compared as text everywhere else.
  private static func value(_ character: UInt8) -> UInt64? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(character - UInt8(ascii: "a")) + 10
    default: nil
    }
  }
}
