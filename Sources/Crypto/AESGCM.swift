internal import CCrypto

/// One use of AES-256-GCM: a key, a nonce that is used once, and what is authenticated besides.
struct AESGCM {
  static let tagCount = 16

  let key: [UInt8]
  /// 12 bytes.
  let nonce: [UInt8]
  let context: [UInt8]

  /// The ciphertext and its tag; `nil` when libcrypto fails.
  func sealed(_ plaintext: [UInt8]) -> (ciphertext: [UInt8], tag: [UInt8])? {
    guard let cipher = EVP_CIPHER_CTX_new() else { return nil }
    defer { EVP_CIPHER_CTX_free(cipher) }
    let algorithm = Algorithms.aes256GCM.handle
    var tag = [UInt8](repeating: 0, count: Self.tagCount)
    guard EVP_EncryptInit_ex2(cipher, algorithm, key, nonce, nil) == 1,
      authenticates(EVP_EncryptUpdate, cipher),
      let ciphertext = transformed(plaintext, EVP_EncryptUpdate, cipher),
      finishes(EVP_EncryptFinal_ex, cipher),
      EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, Int32(tag.count), &tag) == 1
    else { return nil }
    return (ciphertext, tag)
  }

  /// The plaintext; `nil` unless the tag proves that nothing was changed.
  func opened(_ ciphertext: [UInt8], tag: [UInt8]) -> [UInt8]? {
    guard let cipher = EVP_CIPHER_CTX_new() else { return nil }
    defer { EVP_CIPHER_CTX_free(cipher) }
    let algorithm = Algorithms.aes256GCM.handle
    var tag = tag
    guard EVP_DecryptInit_ex2(cipher, algorithm, key, nonce, nil) == 1,
      authenticates(EVP_DecryptUpdate, cipher),
      let plaintext = transformed(ciphertext, EVP_DecryptUpdate, cipher),
      EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1,
      finishes(EVP_DecryptFinal_ex, cipher)
    else { return nil }
    return plaintext
  }

  private typealias Update =
    (
      OpaquePointer?, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int32>?,
      UnsafePointer<UInt8>?, Int32
    ) -> Int32
  private typealias Final =
    (OpaquePointer?, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int32>?) -> Int32

  private func authenticates(_ update: Update, _ cipher: OpaquePointer) -> Bool {
    var count: Int32 = 0
    return update(cipher, nil, &count, context, Int32(context.count)) == 1
  }

  private func transformed(
    _ input: [UInt8],
    _ update: Update,
    _ cipher: OpaquePointer
  ) -> [UInt8]? {
    guard !input.isEmpty else { return [] }
    guard let length = Int32(exactly: input.count) else { return nil }
    var isDone = false
    let output = [UInt8](unsafeUninitializedCapacity: input.count) { output, count in
      var written: Int32 = 0
      isDone = update(cipher, output.baseAddress, &written, input, length) == 1
      count = Int(written)
    }
    return isDone ? output : nil
  }

  private func finishes(_ final: Final, _ cipher: OpaquePointer) -> Bool {
    var count: Int32 = 0
    var nothing: UInt8 = 0
    return final(cipher, &nothing, &count) == 1
  }
}
