extension HTTPFields {
  /// Fields that keep browsers from doing with a response what it was not made for.
  ///
  /// Pages with scripts or styles set a Content-Security-Policy of their own.
  ///
  /// - Parameter isSecure: Whether the server is reached by TLS alone, and wants to stay so.
  /// - Returns: What every response should have beside its own fields.
  ///
  /// Source: https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html
  package static func security(isSecure: Bool) -> HTTPFields {
    var fields: HTTPFields = [
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
      "Referrer-Policy": "no-referrer",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Cache-Control": "no-store",
    ]
    if isSecure { fields.append("Strict-Transport-Security", "max-age=31536000") }
    return fields
  }
}
