import HTTPMessages

/// The header fields that keep browsers from doing what nobody asked for.
///
/// There is no CORS field: pages of other sites cannot read answers.
///
/// Source: OWASP REST security cheat sheet; W3C Content Security Policy 3.
enum SecurityHeaders {
  /// Whether TLS is all there is, only who listens knows.
  static let all = HTTPFields.security(isSecure: false).fields

  /// For pages: what they are made of comes from here, and nothing from a line in them.
  static let pagePolicy = """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'
    """
}
