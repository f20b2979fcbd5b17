package import Seams
package import Testing

/// What every `Vault` promises.
package enum VaultContract {
  /// Checks a vault that has a key.
  package static func check(_ vault: some Vault, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    for secret in [[], Array("endpoint=https://x;accesskey=c2VjcmV0".utf8), [0, 255, 0]] {
      let sealed = try vault.seal(secret, for: "connection/acs")
      #expect(
        try vault.open(sealed, for: "connection/acs") == secret,
        sourceLocation: sourceLocation
      )
      #expect(!leaks(secret, in: sealed), sourceLocation: sourceLocation)
      refuses(vault, sealed, "connection/other", sourceLocation)
      for index in sealed.indices {
        var changed = sealed
        changed[index] ^= 1
        refuses(vault, changed, "connection/acs", sourceLocation)
      }
      refuses(vault, Array(sealed.dropLast()), "connection/acs", sourceLocation)
    }
    refuses(vault, [], "connection/acs", sourceLocation)
  }

  private static func refuses(
    _ vault: some Vault,
    _ sealed: [UInt8],
    _ purpose: String,
    _ sourceLocation: SourceLocation
  ) {
    #expect(throws: VaultFailure.self, sourceLocation: sourceLocation) {
      try vault.open(sealed, for: purpose)
    }
  }

  /// Whether four neighbouring bytes of the secret stand in the sealed bytes.
  private static func leaks(_ secret: [UInt8], in sealed: [UInt8]) -> Bool {
    secret.indices.dropLast(3).contains { index in
      let part = secret[index..<index + 4]
      return sealed.indices.dropLast(3).contains { sealed[$0..<$0 + 4] == part }
    }
  }
}
