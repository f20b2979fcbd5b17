/// Finds where text of a JSON string needs an escape.
enum PlainText {
  /// The place of the first byte from `start` on that needs an escape; the count when none does.
  ///
  /// Eight bytes at a time as long as none of them does.
  static func end(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let bytes = UnsafeRawBufferPointer(text)
    var index = start
    while index + 8 <= bytes.count,
      isPlain(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    {
      index += 8
    }
    while index < bytes.count, !needsEscape(bytes[index]) { index += 1 }
    return index
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// Whether none of eight bytes needs an escape.
  ///
  /// Subtracting from all bytes at once sets the top bit of those that were smaller.
  private static func isPlain(_ word: UInt64) -> Bool {
    let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
    let slashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
    let small = (word &- ones &* 0x20) & ~word
    return (small | (quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes) & tops == 0
  }
}
