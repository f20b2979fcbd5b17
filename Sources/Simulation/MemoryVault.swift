package import Seams

/// A vault whose sealed bytes show nothing of the secret, so that tests can search for leaks.
///
/// It protects nothing: who has this code can open what it seals.
package struct MemoryVault: Vault {
  private let key: UInt64

  package init(key: UInt64 = 1) { self.key = key }

  package func seal(_ plaintext: [UInt8], for purpose: String) throws(VaultFailure) -> [UInt8] {
    transform(tag(of: plaintext, purpose) + plaintext, purpose)
  }

  package func open(_ sealed: [UInt8], for purpose: String) throws(VaultFailure) -> [UInt8] {
    let opened = transform(sealed, purpose)
    let plaintext = Array(opened.dropFirst(Self.tagByteCount))
    guard Array(opened.prefix(Self.tagByteCount)) == tag(of: plaintext, purpose) else {
      throw VaultFailure("sealed under another key or for another purpose, or changed")
    }
    return plaintext
  }

  private static let tagByteCount = 8

  private func transform(_ bytes: [UInt8], _ purpose: String) -> [UInt8] {
    var stream = SplitMix(state: key ^ SplitMix.digest(purpose.utf8))
    var mask: UInt64 = 0
    return bytes.enumerated().map { place, byte in
      mask = place.isMultiple(of: 8) ? stream.next() : mask >> 8
      return byte ^ UInt8(truncatingIfNeeded: mask)
    }
  }

  private func tag(of plaintext: [UInt8], _ purpose: String) -> [UInt8] {
    var mixed = SplitMix(state: key ^ SplitMix.digest(purpose.utf8 + [0] + plaintext))
    return mixed.bytes(Self.tagByteCount)
  }
}
