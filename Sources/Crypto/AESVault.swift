internal import CCrypto
package import Seams

/// Seals secrets with AES-256 in Galois/counter mode.
///
/// A sealed value is: version (1 byte, now 1), key id (4), nonce (12), ciphertext, tag (16). The
/// version, the key id and the purpose are authenticated with it.
///
/// Source: SP 800-38D.
package struct AESVault: Vault {
  private let keys: [VaultKey]
  private let entropy: any Entropy

  /// - Parameters:
  ///   - key: Seals new values.
  ///   - formerKeys: Open values from before a change of key.
  ///   - entropy: Where nonces come from; it must never repeat itself under one key.
  package init(key: VaultKey, formerKeys: [VaultKey] = [], entropy: any Entropy) {
    keys = [key] + formerKeys
    self.entropy = entropy
  }

  package func seal(
    _ plaintext: [UInt8],
    for purpose: String
  ) throws(VaultFailure) -> [UInt8] {
    let nonce = entropy.bytes(Format.nonceCount)
    let header = [Format.version] + keys[0].id
    let operation = AESGCM(key: keys[0].bytes, nonce: nonce, context: header + purpose.utf8)
    guard let (ciphertext, tag) = operation.sealed(plaintext) else {
      throw VaultFailure("the cipher failed to seal a value")
    }
    return header + nonce + ciphertext + tag
  }

  package func open(
    _ sealed: [UInt8],
    for purpose: String
  ) throws(VaultFailure) -> [UInt8] {
    guard let version = sealed.first, sealed.count >= Format.overhead else {
      throw VaultFailure("the sealed value is truncated")
    }
    guard version == Format.version else {
      throw VaultFailure("the sealed value has format \(version), which this version cannot open")
    }
    let header = Array(sealed.prefix(Format.headerCount))
    guard let key = keys.first(where: { $0.id == Array(header.dropFirst()) }) else {
      throw VaultFailure("the value was sealed with another key")
    }
    let nonce = Array(sealed.dropFirst(Format.headerCount).prefix(Format.nonceCount))
    let body = sealed.dropFirst(Format.headerCount + Format.nonceCount)
    let operation = AESGCM(key: key.bytes, nonce: nonce, context: header + purpose.utf8)
    let (ciphertext, tag) = (body.dropLast(AESGCM.tagCount), body.suffix(AESGCM.tagCount))
    guard let plaintext = operation.opened(Array(ciphertext), tag: Array(tag)) else {
      throw VaultFailure("the sealed value was changed or belongs to another purpose")
    }
    return plaintext
  }

  /// Whether a value was sealed with a former key and should be sealed anew.
  package func isOutdated(_ sealed: [UInt8]) -> Bool {
    Array(sealed.prefix(Format.headerCount)) != [Format.version] + keys[0].id
  }

  private enum Format {
    static let version: UInt8 = 1
    static let headerCount = 1 + VaultKey.idByteCount
    static let nonceCount = 12
    static let overhead = headerCount + nonceCount + AESGCM.tagCount
  }
}
