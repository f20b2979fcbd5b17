internal import Crypto

/// The value of `Authorization` under the scheme HMAC-SHA256.
///
/// Source: Azure Communication fact sheet, section 1.2.
struct SignatureField {
  static let scheme = "HMAC-SHA256 "
  private static let marks = ["SignedHeaders=", "&Signature="]

  /// The header that carries the date: `x-ms-date` or `date`.
  let dateHeader: String
  let signature: [UInt8]

  /// Reads the part after the scheme; the three headers must be the right ones in order.
  ///
  /// - Throws: A refusal that says what is wrong.
  init(_ text: Substring) throws(Malformed) {
    guard text.hasPrefix(Self.marks[0]), let cut = text.utf8.firstIndex(of: UInt8(ascii: "&")),
      text[cut...].hasPrefix(Self.marks[1])
    else { throw Malformed("the header is not of the form 'SignedHeaders=...&Signature=...'") }
    let names = text[..<cut].dropFirst(Self.marks[0].count)
    switch names.lowercased() {
    case "x-ms-date;host;x-ms-content-sha256": dateHeader = "x-ms-date"
    case "date;host;x-ms-content-sha256": dateHeader = "date"
    default:
      throw Malformed("the signed headers must be 'x-ms-date;host;x-ms-content-sha256'")
    }
    let encoded = text[cut...].dropFirst(Self.marks[1].count)
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
