internal import CCrypto

/// The numbers and names that make up a key, handed to libcrypto together.
final class KeyParameters {
  private let builder: OpaquePointer
  /// libcrypto keeps pointers to these until the key is made.
  private var numbers: [BigNumber] = []
  private var buffers: [UnsafeMutableBufferPointer<CChar>] = []

  init() {
    guard let builder = OSSL_PARAM_BLD_new() else { preconditionFailure("out of memory") }
    self.builder = builder
  }

  deinit {
    OSSL_PARAM_BLD_free(builder)
    for buffer in buffers { buffer.deallocate() }
  }

  func set(_ name: String, _ number: BigNumber) {
    numbers.append(number)
    OSSL_PARAM_BLD_push_BN(builder, kept(name.utf8CString).baseAddress, number.handle)
  }

  func set(_ name: String, _ bytes: [UInt8]) {
    let name = kept(name.utf8CString)
    let value = kept(bytes.map(CChar.init(bitPattern:)))
    OSSL_PARAM_BLD_push_octet_string(builder, name.baseAddress, value.baseAddress, value.count)
  }

  func set(_ name: String, _ text: String) {
    let name = kept(name.utf8CString)
    let value = kept(text.utf8CString)
    OSSL_PARAM_BLD_push_utf8_string(builder, name.baseAddress, value.baseAddress, 0)
  }

  private func kept(_ characters: some Collection<CChar>) -> UnsafeMutableBufferPointer<CChar> {
    let buffer = UnsafeMutableBufferPointer<CChar>.allocate(capacity: characters.count)
    _ = buffer.initialize(from: characters)
    buffers.append(buffer)
    return buffer
  }

  /// The key pair; `nil` when the numbers do not fit together.
  func key(_ type: String) -> OpaquePointer? {
    guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else { return nil }
    defer { EVP_PKEY_CTX_free(context) }
    guard let parameters = OSSL_PARAM_BLD_to_param(builder) else { return nil }
    defer { OSSL_PARAM_free(parameters) }
    defer { ERR_clear_error() }
    var key: OpaquePointer?
    let selection = ccrypto_key_pair_selection()
    guard EVP_PKEY_fromdata_init(context) == 1,
      EVP_PKEY_fromdata(context, &key, selection, parameters) == 1
    else { return nil }
    return key
  }
}
