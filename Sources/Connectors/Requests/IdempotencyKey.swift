package import HTTPMessages

/// The key that a service recognises a repeated request by.
///
/// It follows from the name of the step alone, so that retries and a restart send the same one.
///
/// Source: RFC 9562 section 5.8 (UUID version 8).
package enum IdempotencyKey {
  /// The header with which a service wants the time of the first request beside the key.
  ///
  /// Source: OASIS Repeatable Requests 1.0, section 3.2.2.
  package static func firstSentHeader(besides header: String) -> String? {
    header.isSameFieldName(as: "Repeatability-Request-ID") ? "Repeatability-First-Sent" : nil
  }

  /// A UUID made of the SHA-256 of a step's name, such as `run/action[indices]`.
  package static func uuid(of step: String, with digests: Digests) -> String {
    var bytes = Array(digests.sha256(Array(step.utf8)).prefix(16))
    bytes += [UInt8](repeating: 0, count: 16 - bytes.count)
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let text = Hexadecimal.text(bytes)
    var parts: [Substring] = []
    var rest = Substring(text)
    for length in [8, 4, 4, 4, 12] {
      parts.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return parts.joined(separator: "-")
  }
}
