internal import CCrypto
package import Seams

extension SigningKey {
  /// Makes a key from randomness alone, so that a repeatable source gives a repeatable key.
  ///
  /// An RSA key has 2048 bits and takes about 0.1 s.
  package static func generate(_ algorithm: Algorithm, from entropy: some Entropy) -> SigningKey {
    // One attempt in thousands of millions fails; many in a row mean that libcrypto is broken.
    for _ in 0..<16 {
      let handle =
        switch algorithm {
        case .rs256: rsaHandle(from: entropy)
        case .es256: p256Handle(secret: entropy.bytes(32))
        }
      if let handle { return SigningKey(algorithm, owning: handle) }
    }
    preconditionFailure("libcrypto could not make a key")
  }

  // MARK: RSA

  private static let publicExponent: UInt = 65_537
  private static let primeByteCount = 128

  /// A key pair of two primes; `nil` in the rare case that they do not suit the exponent.
  ///
  /// Source: RFC 8017 section 3.2; FIPS 186-5 appendix A.1.3.
  private static func rsaHandle(from entropy: some Entropy) -> OpaquePointer? {
    let scratch = BigNumber.Scratch()
    let first = prime(from: entropy, scratch)
    let second = prime(from: entropy, scratch)
    return first.isGreater(than: second)
      ? rsaHandle(first, second, scratch) : rsaHandle(second, first, scratch)
  }

  /// - Parameters:
  ///   - p: The greater prime.
  ///   - q: The smaller prime.
  ///   - scratch: Working memory.
  /// - Returns: The key pair, or `nil` when the primes are equal or do not suit the exponent.
  private static func rsaHandle(
    _ p: BigNumber,
    _ q: BigNumber,
    _ scratch: BigNumber.Scratch
  ) -> OpaquePointer? {
    let pLess = p.predecessor()
    let qLess = q.predecessor()
    let e = BigNumber(publicExponent)
    guard p.isGreater(than: q),
      let d = e.inverse(modulo: pLess.product(with: qLess, scratch), scratch),
      let coefficient = q.inverse(modulo: p, scratch)
    else { return nil }
    let modulus = p.product(with: q, scratch)
    let dp = d.remainder(by: pLess, scratch)
    let dq = d.remainder(by: qLess, scratch)
    let parameters = KeyParameters()
    parameters.set("n", modulus)
    parameters.set("e", e)
    parameters.set("d", d)
    parameters.set("rsa-factor1", p)
    parameters.set("rsa-factor2", q)
    parameters.set("rsa-exponent1", dp)
    parameters.set("rsa-exponent2", dq)
    parameters.set("rsa-coefficient1", coefficient)
    return parameters.key("RSA")
  }

  /// The first prime at or above a random odd number whose two top bits are set.
  private static func prime(
    from entropy: some Entropy,
    _ scratch: BigNumber.Scratch
  ) -> BigNumber {
    var bytes = entropy.bytes(primeByteCount)
    bytes[0] |= 0xC0
    bytes[primeByteCount - 1] |= 1
    let candidate = BigNumber(bigEndian: bytes)
    while !candidate.isPrime(scratch) { candidate.add(2) }
    return candidate
  }

  // MARK: P-256

  /// A key pair of a secret number; `nil` in the rare case that it is out of range.
  private static func p256Handle(secret: [UInt8]) -> OpaquePointer? {
    let number = BigNumber(bigEndian: secret)
    guard let curve = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1) else { return nil }
    defer { EC_GROUP_free(curve) }
    guard let order = EC_GROUP_get0_order(curve), BN_cmp(number.handle, order) < 0, !number.isZero,
      let point = EC_POINT_new(curve)
    else { return nil }
    defer { EC_POINT_free(point) }
    guard EC_POINT_mul(curve, point, number.handle, nil, nil, nil) == 1 else { return nil }
    var encoded = [UInt8](repeating: 0, count: 65)
    let form = POINT_CONVERSION_UNCOMPRESSED
    EC_POINT_point2oct(curve, point, form, &encoded, encoded.count, nil)
    let parameters = KeyParameters()
    parameters.set(OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1")
    parameters.set(OSSL_PKEY_PARAM_PUB_KEY, encoded)
    parameters.set(OSSL_PKEY_PARAM_PRIV_KEY, number)
    return parameters.key("EC")
  }
}
