internal import CCrypto

/// An integer of libcrypto, wiped and freed with its owner.
final class BigNumber {
  let handle: OpaquePointer

  private init(_ handle: OpaquePointer?) {
    guard let handle else { preconditionFailure("out of memory") }
    self.handle = handle
  }

  deinit { BN_clear_free(handle) }

  convenience init(_ value: UInt = 0) {
    self.init(BN_new())
    BN_set_word(handle, value)
  }

  convenience init(bigEndian bytes: [UInt8]) {
    self.init(BN_bin2bn(bytes, Int32(bytes.count), nil))
  }

  /// One less than this.
  func predecessor() -> BigNumber {
    let result = BigNumber(BN_dup(handle))
    BN_sub_word(result.handle, 1)
    return result
  }

  func product(with other: BigNumber, _ scratch: Scratch) -> BigNumber {
    let result = BigNumber()
    BN_mul(result.handle, handle, other.handle, scratch.handle)
    return result
  }

  func remainder(by divisor: BigNumber, _ scratch: Scratch) -> BigNumber {
    let result = BigNumber()
    BN_div(nil, result.handle, handle, divisor.handle, scratch.handle)
    return result
  }

  /// The number whose product with this is 1 modulo the modulus; `nil` when there is none.
  func inverse(modulo modulus: BigNumber, _ scratch: Scratch) -> BigNumber? {
    guard let handle = BN_mod_inverse(nil, handle, modulus.handle, scratch.handle) else {
      ERR_clear_error()
      return nil
    }
    return BigNumber(handle)
  }

  func isGreater(than other: BigNumber) -> Bool { BN_cmp(handle, other.handle) > 0 }

  var isZero: Bool { BN_is_zero(handle) == 1 }

  func isPrime(_ scratch: Scratch) -> Bool {
    BN_check_prime(handle, scratch.handle, nil) == 1
  }

  func add(_ value: UInt) { BN_add_word(handle, value) }

  /// Working memory of libcrypto's arithmetic.
  final class Scratch {
    let handle: OpaquePointer

    init() {
      guard let handle = BN_CTX_new() else { preconditionFailure("out of memory") }
      self.handle = handle
    }

    deinit { BN_CTX_free(handle) }
  }
}
