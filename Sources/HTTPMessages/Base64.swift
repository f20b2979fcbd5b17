/// Bytes as text in the two common Base64 alphabets.
///
/// Source: RFC 4648 sections 4 and 5.
package enum Base64 {
  /// Standard alphabet with padding.
  package static func encode(_ bytes: [UInt8]) -> String {
    text(of: bytes, alphabet: standard, pads: true)
  }

  /// The UTF-8 of a text in the standard alphabet with padding.
  package static func encode(_ text: String) -> String { encode(Array(text.utf8)) }

  /// Alphabet for URLs and file names, without padding.
  package static func encodeURL(_ bytes: [UInt8]) -> String {
    text(of: bytes, alphabet: url, pads: false)
  }

  /// Reads the standard alphabet strictly.
  ///
  /// White space, missing padding, other alphabets and stray bits at the end all give `nil`, so
  /// that every value has exactly one accepted text.
  package static func decode(_ text: Substring) -> [UInt8]? {
    var characters = Array(text.utf8)
    guard let bits = decodePadded(&characters), bits.rest == 0 else { return nil }
    return bits.bytes
  }

  /// Reads the standard alphabet as .NET does: white space and stray bits at the end do not matter.
  package static func decodeLeniently(_ text: String) -> [UInt8]? {
    var characters = text.utf8.filter { !whiteSpace.contains($0) }
    return decodePadded(&characters)?.bytes
  }

  private static let whiteSpace: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]

  private static func decodePadded(_ characters: inout [UInt8]) -> (bytes: [UInt8], rest: Int)? {
    guard characters.count.isMultiple(of: 4) else { return nil }
    for _ in 0..<2 where characters.last == padding { characters.removeLast() }
    return decode(characters, values: standardValues)
  }

  /// Reads the standard alphabet strictly, as `decode` of a part of a text does.
  package static func decode(_ text: String) -> [UInt8]? { decode(text[...]) }

  /// Reads the alphabet for URLs without padding, as strictly as `decode`.
  package static func decodeURL(_ text: Substring) -> [UInt8]? {
    guard let bits = decode(Array(text.utf8), values: urlValues), bits.rest == 0 else { return nil }
    return bits.bytes
  }

  /// Reads the alphabet for URLs without padding, as `decodeURL` of a part of a text does.
  package static func decodeURL(_ text: String) -> [UInt8]? { decodeURL(text[...]) }

  private static let standard = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )
  private static let url: [UInt8] = standard.dropLast(2) + Array("-_".utf8)
  private static let standardValues = values(of: standard)
  private static let urlValues = values(of: url)
  private static let padding = UInt8(ascii: "=")
  private static let invalid: UInt8 = 0xFF

  private static func values(of alphabet: [UInt8]) -> [UInt8] {
    var values = [UInt8](repeating: invalid, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }

  private static func text(
    of bytes: [UInt8],
    alphabet: [UInt8],
    pads: Bool
  ) -> String {
    String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { text in
      alphabet.withUnsafeBufferPointer { fill(text, with: bytes, alphabet: $0, pads: pads) }
    }
  }

  private static func fill(
    _ text: UnsafeMutableBufferPointer<UInt8>,
    with bytes: [UInt8],
    alphabet: UnsafeBufferPointer<UInt8>,
    pads: Bool
  ) -> Int {
    var (count, bits, pending) = (0, 0, 0)
    func append(_ character: UInt8) {
      text[count] = character
      count += 1
    }
    for byte in bytes {
      bits = bits << 8 | Int(byte)
      pending += 8
      while pending >= 6 {
        pending -= 6
        append(alphabet[bits >> pending & 63])
      }
      bits &= 63
    }
    if pending > 0 { append(alphabet[bits << (6 - pending) & 63]) }
    while pads, !count.isMultiple(of: 4) { append(padding) }
    return count
  }

  /// The bytes, and the bits that are left over.
  private static func decode(_ characters: [UInt8], values: [UInt8])
    -> (bytes: [UInt8], rest: Int)?
  {
    guard characters.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count * 3 / 4)
    var (bits, pending) = (0, 0)
    for character in characters {
      let value = values[Int(character)]
      guard value != invalid else { return nil }
      bits = bits << 6 | Int(value)
      pending += 6
      if pending >= 8 {
        pending -= 8
        bytes.append(UInt8(bits >> pending))
        bits &= 1 << pending - 1
      }
    }
    return (bytes, bits)
  }
}
