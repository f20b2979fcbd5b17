/// Base64 in its standard alphabet.
///
/// Source: RFC 4648 section 4.
package enum Base64 {
  package static func encode(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var buffer: UInt32 = 0
    var held = 0
    for byte in bytes {
      buffer = buffer << 8 | UInt32(byte)
      held += 1
      if held == 3 {
        appendGroup(buffer, digits: 4, to: &text)
        (buffer, held) = (0, 0)
      }
    }
    if held > 0 {
      appendGroup(buffer << UInt32(8 * (3 - held)), digits: held + 1, to: &text)
      text += repeatElement(UInt8(ascii: "="), count: 3 - held)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes; `nil` unless the text is complete, padded and free of other characters.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var digits = Array(text.utf8)
    guard digits.count % 4 == 0 else { return nil }
    var padding = 0
    while padding < 2, digits.last == UInt8(ascii: "=") {
      digits.removeLast()
      padding += 1
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count * 3 / 4)
    var buffer: UInt32 = 0
    var bits: UInt32 = 0
    for digit in digits {
      guard let value = value(of: digit) else { return nil }
      buffer = buffer << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
      }
    }
    return bytes
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )

  private static func appendGroup(_ group: UInt32, digits: Int, to text: inout [UInt8]) {
    for index in 0..<digits {
      text.append(alphabet[Int(group >> UInt32(18 - 6 * index)) & 63])
    }
  }

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
