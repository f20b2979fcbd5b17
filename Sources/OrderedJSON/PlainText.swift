/// Finds where text of a JSON string needs an escape.
enum PlainText {
  /// The place of the first byte from `start` on that needs an escape; the count when none does.
  static func end(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let bytes = UnsafeRawBufferPointer(text)
    var index = start
    while index + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let marks = marks(of: word.littleEndian)
      if marks != 0 { return index + firstByte(of: marks) }
      index += 8
    }
    guard index < bytes.count else { return index }
    // The zeros that fill the word up are marked too: the first of them is the end.
    return index + firstByte(of: marks(of: word(of: bytes, from: index)))
  }

  /// Up to seven bytes, the last ones of the text, in a word that zeros fill up.
  private static func word(of bytes: UnsafeRawBufferPointer, from start: Int) -> UInt64 {
    let count = bytes.count - start
    if count >= 4 {
      let first = bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)
      let last = bytes.loadUnaligned(fromByteOffset: bytes.count - 4, as: UInt32.self)
      return UInt64(first.littleEndian) | UInt64(last.littleEndian) &<< (8 * (count - 4))
    }
    let middle = UInt64(bytes[start + count / 2]) &<< (8 * (count / 2))
    let last = UInt64(bytes[bytes.count - 1]) &<< (8 * (count - 1))
    return UInt64(bytes[start]) | middle | last
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// Sets the top bit of the first byte that needs an escape, and of no byte before it.
  ///
  /// Subtracting from all bytes at once sets the top bit of those that were smaller. What they
  /// borrow may mark a byte behind them for nothing.
  private static func marks(of word: UInt64) -> UInt64 {
    let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
    let slashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
    let small = (word &- ones &* 0x20) & ~word
    return (small | (quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes) & tops
  }

  /// The place of the first byte that is marked; the first one of a word is its lowest.
  private static func firstByte(of marks: UInt64) -> Int { marks.trailingZeroBitCount / 8 }
}
