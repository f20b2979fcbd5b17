import CCrypto
import Glibc

/// Signs requests as Azure Communication Services wants it, with libcrypto alone.
///
/// Source: Azure Communication fact sheet, section 1.2.
struct RawSigner {
  private let authority: String
  /// Holds the key, and lives as long as the process.
  private let code: OpaquePointer?
  private var second = 0
  private var date = ""

  init(accessKey: [UInt8], authority: String) {
    self.authority = authority
    let algorithm = EVP_MAC_fetch(nil, "HMAC", nil)
    code = EVP_MAC_CTX_new(algorithm)
    var digest = Array("SHA256\0".utf8)
    digest.withUnsafeMutableBytes { digest in
      let parameters = [
        OSSL_PARAM_construct_utf8_string(
          OSSL_MAC_PARAM_DIGEST,
          digest.bindMemory(to: CChar.self).baseAddress,
          0
        ),
        OSSL_PARAM_construct_end(),
      ]
      _ = EVP_MAC_init(code, accessKey, accessKey.count, parameters)
    }
  }

  /// The lines of the three header fields.
  mutating func headers(_ method: String, _ target: String, _ body: [UInt8]) -> [String] {
    renewDate()
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_Digest(body, body.count, &digest, nil, EVP_sha256(), nil)
    let hash = Self.base64(digest)
    let message = Array("\(method)\n\(target)\n\(date);\(authority);\(hash)".utf8)
    var count = digest.count
    EVP_MAC_init(code, nil, 0, nil)
    EVP_MAC_update(code, message, message.count)
    EVP_MAC_final(code, &digest, &count, digest.count)
    return [
      "x-ms-date: \(date)", "x-ms-content-sha256: \(hash)",
      "Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
        + Self.base64(digest),
    ]
  }

  private mutating func renewDate() {
    var now = time(nil)
    guard now != second else { return }
    second = now
    var parts = tm()
    gmtime_r(&now, &parts)
    date = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { text in
      let count = strftime(text.baseAddress, 40, "%a, %d %b %Y %H:%M:%S GMT", &parts)
      return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4 + 1) { text in
      Int(EVP_EncodeBlock(text.baseAddress, bytes, Int32(bytes.count)))
    }
  }
}
