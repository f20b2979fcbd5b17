/// The header fields that keep browsers from doing what nobody asked for.
///
/// There is no CORS field: pages of other sites cannot read answers.
///
/// Source: OWASP REST security cheat sheet; W3C Content Security Policy 3.
enum SecurityHeaders {
  static let all: [(name: String, value: String)] = [
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
  ]

  /// For pages: what they are made of comes from here, and nothing from a line in them.
  static let pagePolicy = """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'
    """
}
