/// Seals secrets for storage.
package protocol Vault: Sendable {
  /// Encrypts and authenticates; the result opens only under the same purpose.
  ///
  /// - Throws: `VaultFailure` when there is no key.
  func seal(_ plaintext: [UInt8], for purpose: String) throws(VaultFailure) -> [UInt8]

  /// Decrypts what `seal` returned.
  ///
  /// - Throws: `VaultFailure` when the key or purpose differs or the bytes were changed.
  func open(_ sealed: [UInt8], for purpose: String) throws(VaultFailure) -> [UInt8]
}

/// Why a secret cannot be sealed or opened; the message names no secret.
package struct VaultFailure: Error, Hashable, Sendable {
  package var message: String

  package init(_ message: String) { self.message = message }
}
