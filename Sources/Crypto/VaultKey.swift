import HTTPMessages
internal import CCrypto
package import Diagnostics

/// A key that seals secrets, 256 bits long.
package struct VaultKey: Sendable {
  /// The length of a key, in bytes.
  package static let byteCount = 32
  /// The least number of characters of a passphrase.
  package static let shortestPassphrase = 16

  /// Tells keys apart without revealing anything about them.
  let id: [UInt8]
  let bytes: [UInt8]

  /// The length of an id, in bytes.
  static let idByteCount = 4

  /// Takes 32 bytes as they are.
  package init(bytes: [UInt8]) {
    precondition(bytes.count == Self.byteCount, "a key has 32 bytes")
    self.bytes = bytes
    let code = HMACSHA256.code(key: bytes, message: Array("weir vault key id".utf8))
    id = Array(code.prefix(Self.idByteCount))
  }

  /// Whether a value names this key as the one that sealed it.
  package func hasSealed(_ value: [UInt8]) -> Bool {
    Array(value.dropFirst().prefix(Self.idByteCount)) == id
  }

  /// Reads a key from text: 32 bytes in Base64, or else a passphrase.
  ///
  /// A passphrase goes through scrypt (N 32768, r 8, p 1: about 0.1 s and 32 MiB). Its salt is
  /// fixed, because the same text must give the same key on every machine.
  ///
  /// - Parameter text: What the environment holds; white space around it is ignored.
  /// - Throws: `V0005` for a passphrase of under 16 characters.
  ///
  /// Source: RFC 7914 (scrypt).
  package init(text: String) throws(Diagnostic) {
    let text = text.trimmed
    if let bytes = Base64.decode(text), bytes.count == Self.byteCount {
      self.init(bytes: bytes)
      return
    }
    guard text.count >= Self.shortestPassphrase else {
      throw Diagnostic(
        .weakMasterKey,
        "the master key is a passphrase of only \(text.count) characters",
        hint: "use \(Self.shortestPassphrase) or more, or the output of 'openssl rand -base64 32'"
      )
    }
    self.init(bytes: Self.stretched(Array(text.utf8)))
  }

  private static func stretched(_ passphrase: [UInt8]) -> [UInt8] {
    let salt = Array("weir vault passphrase 1".utf8)
    var key = [UInt8](repeating: 0, count: byteCount)
    let isDone = passphrase.withUnsafeBytes { passphrase in
      EVP_PBE_scrypt(
        passphrase.bindMemory(to: CChar.self).baseAddress,
        passphrase.count,
        salt,
        salt.count,
        32_768,
        8,
        1,
        64 << 20,
        &key,
        key.count
      )
    }
    precondition(isDone == 1, "libcrypto could not stretch the passphrase")
    return key
  }
}

extension String {
  /// Without ASCII white space at either end.
  fileprivate var trimmed: String {
    let isSpace = { (scalar: Unicode.Scalar) in scalar == " " || ("\t"..."\r").contains(scalar) }
    let start = unicodeScalars.drop(while: isSpace)
    return String(String.UnicodeScalarView(start.reversed().drop(while: isSpace).reversed()))
  }
}
