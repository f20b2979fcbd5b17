internal import Crypto
internal import HTTPMessages
internal import Seams

/// The two access keys of a resource, 64 bytes each.
package struct ResourceKeys: Codable, Hashable, Sendable {
  package enum Name: String, CaseIterable, Sendable {
    case primary
    case secondary
  }

  package private(set) var primary: [UInt8]
  package private(set) var secondary: [UInt8]

  init(from entropy: some Entropy) {
    primary = entropy.bytes(64)
    secondary = entropy.bytes(64)
  }

  subscript(name: Name) -> [UInt8] {
    switch name {
    case .primary: primary
    case .secondary: secondary
    }
  }

  package var all: [[UInt8]] { [primary, secondary] }

  /// Replaces one key; what was signed with it, and tokens that it made, stop counting.
  mutating func regenerate(_ name: Name, from entropy: some Entropy) {
    switch name {
    case .primary: primary = entropy.bytes(64)
    case .secondary: secondary = entropy.bytes(64)
    }
  }

  /// Tells keys apart without giving them away.
  static func fingerprint(_ key: [UInt8]) -> String {
    Base64.encodeURL(Array(SHA256.digest(key).prefix(9)))
  }
}
