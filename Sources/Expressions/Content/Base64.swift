/// Bytes as text.
///
/// Source: RFC 4648 section 4; white space is ignored as .NET does.
enum Base64 {
  static func encode(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var group: UInt32 = 0
    var count = 0
    for byte in bytes {
      group = group << 8 | UInt32(byte)
      count += 1
      if count == 3 {
        append(group, 4, to: &text)
        (group, count) = (0, 0)
      }
    }
    if count > 0 {
      append(group << (8 * UInt32(3 - count)), count + 1, to: &text)
      text.append(contentsOf: repeatElement(UInt8(ascii: "="), count: 3 - count))
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func append(_ group: UInt32, _ count: Int, to text: inout [UInt8]) {
    for place in 0..<count { text.append(alphabet[Int(group >> UInt32(18 - 6 * place) & 63)]) }
  }

  /// `nil` when the text is not valid, complete Base64.
  static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    var group: UInt32 = 0
    var count = 0
    var padding = 0
    for character in text.utf8 {
      if character == 0x20 || (0x09...0x0D).contains(character) { continue }
      if character == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      let value = values[Int(character)]
      guard value < 64, padding == 0 else { return nil }
      group = group << 6 | UInt32(value)
      count += 1
      if count % 4 == 0 {
        bytes += [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)]
        group = 0
      }
    }
    return finished(bytes, group, count, padding)
  }

  private static func finished(
    _ bytes: [UInt8],
    _ group: UInt32,
    _ count: Int,
    _ padding: Int
  ) -> [UInt8]? {
    switch (count % 4, padding) {
    case (0, 0): bytes
    case (2, 2): bytes + [UInt8(group >> 4 & 255)]
    case (3, 1): bytes + [UInt8(group >> 10 & 255), UInt8(group >> 2 & 255)]
    default: nil
    }
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )

  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()
}
