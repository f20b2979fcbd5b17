/// Percent-encoding of text in URLs.
///
/// Source: RFC 3986 section 2.
package enum PercentEncoding {
  /// Encodes every byte but the unreserved `A-Z a-z 0-9 - _ . ~`.
  package static func encode(_ text: String) -> String {
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      if isUnreserved(byte) {
        encoded.append(byte)
      } else {
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// Decodes `%XX`; malformed sequences stay as they are, invalid UTF-8 becomes U+FFFD.
  package static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
    String(decoding: decodeBytes(text, plusIsSpace: plusIsSpace), as: UTF8.self)
  }

  /// Decodes text that is at hand as bytes, as `decode` does.
  package static func decode(utf8 bytes: ArraySlice<UInt8>, plusIsSpace: Bool = false) -> String {
    String(decoding: decodeBytes(utf8: bytes, plusIsSpace: plusIsSpace), as: UTF8.self)
  }

  /// Decodes `%XX` to bytes; malformed sequences stay as they are.
  package static func decodeBytes(_ text: some StringProtocol, plusIsSpace: Bool = false)
    -> [UInt8]
  {
    decodeBytes(utf8: Array(text.utf8)[...], plusIsSpace: plusIsSpace)
  }

  private static func decodeBytes(utf8 bytes: ArraySlice<UInt8>, plusIsSpace: Bool) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
        let high = value(bytes[index + 1]), let low = value(bytes[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        let isSpace = plusIsSpace && bytes[index] == UInt8(ascii: "+")
        decoded.append(isSpace ? 0x20 : bytes[index])
        index += 1
      }
    }
    return decoded
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
