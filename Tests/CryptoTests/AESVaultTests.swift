import Crypto
import Seams
import Testing

struct AESVaultTests {
  private let key = VaultKey(bytes: Array(0..<32))
  private let secret = Array("endpoint=https://example.org/;accesskey=c2VjcmV0".utf8)

  private func vault(_ key: VaultKey, former: [VaultKey] = []) -> AESVault {
    AESVault(key: key, formerKeys: former, entropy: SystemEntropy())
  }

  @Test(arguments: [0, 1, 15, 16, 17, 100_000])
  func `what was sealed opens again`(_ count: Int) throws {
    let plaintext = [UInt8](repeating: 0x5A, count: count)
    let sealed = try vault(key).seal(plaintext, for: "connection")
    #expect(sealed.count == count + 33)
    #expect(try vault(key).open(sealed, for: "connection") == plaintext)
  }

  @Test func `the same value is never sealed to the same bytes`() throws {
    #expect(try vault(key).seal(secret, for: "a") != vault(key).seal(secret, for: "a"))
  }

  @Test func `another purpose does not open it`() throws {
    let sealed = try vault(key).seal(secret, for: "connection a")
    #expect(throws: VaultFailure.self) { try vault(key).open(sealed, for: "connection b") }
  }

  @Test func `a change of any single byte is noticed`() throws {
    let sealed = try vault(key).seal(secret, for: "p")
    for index in sealed.indices {
      var changed = sealed
      changed[index] ^= 1
      #expect(throws: VaultFailure.self) { try vault(key).open(changed, for: "p") }
    }
  }

  @Test func `truncated values are refused`() throws {
    let sealed = try vault(key).seal(secret, for: "p")
    for count in 0..<sealed.count {
      #expect(throws: VaultFailure.self) {
        try vault(key).open(Array(sealed.prefix(count)), for: "p")
      }
    }
  }

  @Test func `a former key opens old values until they are sealed anew`() throws {
    let newKey = VaultKey(bytes: Array(32..<64))
    let old = try vault(key).seal(secret, for: "p")
    let both = vault(newKey, former: [key])
    #expect(both.isOutdated(old))
    let renewed = try both.seal(try both.open(old, for: "p"), for: "p")
    #expect(!both.isOutdated(renewed))
    #expect(try vault(newKey).open(renewed, for: "p") == secret)
    #expect(throws: VaultFailure("the value was sealed with another key")) {
      try vault(newKey).open(old, for: "p")
    }
  }
}
