import HTTPMessages

/// Percent-encoding as designers of flows apply it.
///
/// Source: ECMA-262 `encodeURIComponent`; connector format reference, section (b), path encoding.
package enum ComponentEncoding {
  /// Encodes everything but letters, digits and `- _ . ! ~ * ' ( )`.
  package static func encode(_ text: String) -> String { encode(text, keeping: component) }

  /// Encodes the name of a query parameter, where `$` is common and harmless.
  package static func encodeQueryName(_ text: String) -> String { encode(text, keeping: queryName) }

  /// Encodes what may not stand in a path, and keeps what is encoded already.
  package static func encodePath(_ text: String) -> String { encode(text, keeping: path) }

  /// Encodes a name or value of a form; a space becomes `+`.
  ///
  /// Source: WHATWG URL Standard, application/x-www-form-urlencoded serializing.
  package static func encodeForm(_ text: String) -> String {
    String(
      decoding: encode(text, keeping: form).utf8.map { $0 == 0x20 ? UInt8(ascii: "+") : $0 },
      as: UTF8.self
    )
  }

  private static let component = set("-_.!~*'()")
  private static let queryName = set("-_.!~*'()$:@")
  private static let path = set("-_.!~*'()$&+,;=:@/%")
  private static let form = set("-_.* ")

  /// Which of the 128 ASCII characters stay as they are.
  private static func set(_ extra: String) -> [Bool] {
    var kept = [Bool](repeating: false, count: 256)
    for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { kept[Int(byte)] = true }
    for byte in UInt8(ascii: "a")...UInt8(ascii: "z") {
      kept[Int(byte)] = true
      kept[Int(byte) - 32] = true
    }
    for byte in extra.utf8 { kept[Int(byte)] = true }
    return kept
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  private static func encode(_ text: String, keeping kept: [Bool]) -> String {
    guard text.hasByte(where: { !kept[Int($0)] }) else { return text }
    var encoded: [UInt8] = []
    encoded.reserveCapacity(text.utf8.count * 3)
    for byte in text.utf8 {
      if kept[Int(byte)] {
        encoded.append(byte)
      } else {
        encoded.append(UInt8(ascii: "%"))
        encoded.append(digits[Int(byte >> 4)])
        encoded.append(digits[Int(byte & 15)])
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
