internal import CCrypto

/// The two spellings of a P-256 signature: DER as libcrypto has it, fixed length as tokens have it.
///
/// Source: RFC 7518 section 3.4; SEC 1 section C.5.
enum ECDSASignature {
  private static let numberCount = 32

  static func fixed(der: [UInt8]) -> [UInt8] {
    der.withUnsafeBufferPointer { der in
      var start = der.baseAddress
      guard let signature = d2i_ECDSA_SIG(nil, &start, der.count) else {
        preconditionFailure("libcrypto made a signature that it cannot read")
      }
      defer { ECDSA_SIG_free(signature) }
      let numbers = [ECDSA_SIG_get0_r(signature), ECDSA_SIG_get0_s(signature)]
      return numbers.flatMap { number in
        var bytes = [UInt8](repeating: 0, count: numberCount)
        BN_bn2binpad(number, &bytes, Int32(numberCount))
        return bytes
      }
    }
  }

  /// The DER form; `nil` unless the bytes are two numbers of 32 bytes.
  static func der(fixed: [UInt8]) -> [UInt8]? {
    guard fixed.count == 2 * numberCount, let signature = ECDSA_SIG_new() else { return nil }
    defer { ECDSA_SIG_free(signature) }
    let first = BN_bin2bn(fixed, Int32(numberCount), nil)
    let second = BN_bin2bn(Array(fixed.suffix(numberCount)), Int32(numberCount), nil)
    guard ECDSA_SIG_set0(signature, first, second) == 1 else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(i2d_ECDSA_SIG(signature, nil)))
    bytes.withUnsafeMutableBufferPointer { bytes in
      var start = bytes.baseAddress
      _ = i2d_ECDSA_SIG(signature, &start)
    }
    return bytes
  }
}
