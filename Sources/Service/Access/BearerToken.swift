package import HTTPMessages
package import Seams

/// The secret that a client shows: `weir_` and 256 random bits.
///
/// Source: RFC 6750 section 2.1.
package struct BearerToken: Sendable {
  /// What the client keeps; it is shown once and stored nowhere.
  package let text: String

  /// Makes a new one.
  package init(from entropy: any Entropy) {
    text = Self.prefix + Base64.encodeURL(entropy.bytes(Self.byteCount))
  }

  /// Takes what a client showed; `nil` when it cannot be a token.
  init?(presented text: some StringProtocol) {
    guard text.hasPrefix(Self.prefix), text.utf8.count <= Self.longest else { return nil }
    self.text = String(text)
  }

  /// Under which the store knows it.
  package func hash(_ digests: Digests) -> [UInt8] { digests.sha256(Array(text.utf8)) }

  private static let prefix = "weir_"
  private static let byteCount = 32
  private static let longest = 200
}
