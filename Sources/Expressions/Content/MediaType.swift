import Diagnostics

/// A media type with its parameters.
///
/// Source: RFC 9110 section 8.3.1.
struct MediaType {
  /// For example `text/plain`.
  let essence: String
  let charset: String?

  /// Throws E0305 when a parameter has no `=`.
  init(_ text: String) throws(ExpressionError) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    essence = Self.trimmed(parts.first ?? "")
    var charset: String?
    for part in parts.dropFirst() {
      let trimmed = Self.trimmed(part)
      if trimmed.isEmpty { continue }
      guard let equals = trimmed.firstIndex(of: "=") else {
        throw ExpressionError(
          .invalidContent,
          "the content type '\(Self.shown(text))' has a parameter without '='"
        )
      }
      if trimmed[..<equals].lowercased() == "charset" {
        charset = trimmed[trimmed.index(after: equals)...].filter { $0 != "\"" }
      }
    }
    self.charset = charset
  }

  /// A content type cut to a length that fits a message.
  static func shown(_ text: String) -> String { String(text.prefix(80)) }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
