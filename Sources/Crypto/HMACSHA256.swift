internal import CCrypto

/// The keyed hash HMAC over SHA-256.
///
/// Source: RFC 2104; FIPS 198-1.
package enum HMACSHA256 {
  /// The authentication code of a message, 32 bytes long; any length of key is allowed.
  package static func code(key: [UInt8], message: [UInt8]) -> [UInt8] {
    // A null key would mean "keep the key" to libcrypto; a zero byte pads to the same block.
    let key = key.isEmpty ? [0] : key
    return [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { code, count in
      let context = EVP_MAC_CTX_dup(Algorithms.hmacSHA256.handle)
      defer { EVP_MAC_CTX_free(context) }
      let isDone =
        EVP_MAC_init(context, key, key.count, nil) == 1
        && EVP_MAC_update(context, message, message.count) == 1
        && EVP_MAC_final(context, code.baseAddress, &count, code.count) == 1
      precondition(isDone, "libcrypto could not compute HMAC-SHA-256")
    }
  }
}
