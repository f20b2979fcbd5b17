/// Why a request was refused with 401, for the person who writes the client.
///
/// Nothing in it is secret: strings to sign hold no key.
struct CredentialRefusal: Hashable, Sendable {
  /// Lower case, without a period.
  var reason: String
  /// The string that had to be signed, with its line feeds.
  var expectedStringToSign: String?
  /// The credential's header as it came; `nil` when there was none.
  var received: String?

  init(_ reason: String, expected: String? = nil, received: String? = nil) {
    self.reason = reason
    expectedStringToSign = expected
    self.received = received
  }

  var logFields: [(name: String, value: String)] {
    var fields = [(name: "reason", value: reason)]
    if let expectedStringToSign {
      let line = expectedStringToSign.split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: "\\n")
      fields.append((name: "expected", value: line))
    }
    if let received { fields.append((name: "received", value: received)) }
    return fields
  }
}
