internal import Crypto
internal import HTTPMessages

/// The value of `Authorization` under the scheme HMAC-SHA256.
///
/// Source: Azure Communication fact sheet, section 1.2.
struct SignatureField {
  static let scheme = "HMAC-SHA256 "
  private static let marks = ["SignedHeaders=", "&Signature="]
  private static let names = "x-ms-date;host;x-ms-content-sha256"
  private static let olderNames = "date;host;x-ms-content-sha256"

  /// The header that carries the date: `x-ms-date` or `date`.
  let dateHeader: String
  let signature: [UInt8]

  /// Reads the part after the scheme; the three headers must be the right ones in order.
  ///
  /// - Throws: A refusal that says what is wrong.
  init(_ text: Substring) throws(Malformed) {
    guard text.utf8.starts(with: Self.marks[0].utf8),
      let cut = text.utf8.firstIndex(of: UInt8(ascii: "&")),
      text[cut...].utf8.starts(with: Self.marks[1].utf8)
    else { throw Malformed("the header is not of the form 'SignedHeaders=...&Signature=...'") }
    let names = String(text[..<cut].utf8.dropFirst(Self.marks[0].utf8.count)) ?? ""
    if names.isSameFieldName(as: Self.names) {
      dateHeader = "x-ms-date"
    } else if names.isSameFieldName(as: Self.olderNames) {
      dateHeader = "date"
    } else {
      throw Malformed("the signed headers must be '\(Self.names)'")
    }
    let encoded = Substring(text[cut...].utf8.dropFirst(Self.marks[1].utf8.count))
    guard let signature = Base64.decode(encoded), signature.count == SHA256.byteCount else {
      throw Malformed("the signature is not 32 bytes in Base64")
    }
    self.signature = signature
  }

  /// What is wrong with a value.
  struct Malformed: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }
}
