import HTTPMessages

/// Signed JSON Web Tokens in compact form.
///
/// Source: RFC 7515 section 7.1; RFC 7519.
package enum JWT {
  /// The token of a header and claims, both JSON in UTF-8.
  ///
  /// - Parameters:
  ///   - header: Its `alg` must name the key's algorithm.
  ///   - claims: The payload.
  ///   - key: Signs the token.
  /// - Returns: `header.claims.signature`.
  package static func encode(header: [UInt8], claims: [UInt8], key: SigningKey) -> String {
    encode(header: Base64.encodeURL(header), claims: claims, key: key)
  }

  /// As `encode`, with a header that is in Base64 already because many tokens share it.
  package static func encode(header: String, claims: [UInt8], key: SigningKey) -> String {
    let signed = "\(header).\(Base64.encodeURL(claims))"
    return "\(signed).\(Base64.encodeURL(key.signature(of: Array(signed.utf8))))"
  }

  /// The claims of a token that this key signed, as JSON in UTF-8; otherwise `nil`.
  ///
  /// The key decides the algorithm, whatever the header says, so that `none` and mixed-up
  /// algorithms never pass. Times and audience are the caller's to check.
  package static func claims(of token: String, signedBy key: SigningKey) -> [UInt8]? {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let signature = Base64.decodeURL(parts[2]),
      key.verifies(signature, of: Array("\(parts[0]).\(parts[1])".utf8))
    else { return nil }
    return Base64.decodeURL(parts[1])
  }
}
