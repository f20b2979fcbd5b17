/// Finds where text of a JSON string needs an escape or has one, eight bytes at a time.
enum PlainText {
  /// The place of the first byte from `start` on that needs an escape; the count when none does.
  static func end(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    scan(text, from: start).end
  }

  /// As `end`, and whether all bytes before it are ASCII.
  @inline(__always)
  static func scan(
    _ text: UnsafeBufferPointer<UInt8>,
    from start: Int
  ) -> (end: Int, isASCII: Bool) {
    let bytes = UnsafeRawBufferPointer(text)
    var index = start
    var union: UInt64 = 0
    while index + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      let marks = marks(of: word)
      if marks != 0 {
        union |= word & before(marks)
        return (index + firstByte(of: marks), union & tops == 0)
      }
      union |= word
      index += 8
    }
    guard index < bytes.count else { return (index, union & tops == 0) }
    // The zeros that fill the word up are marked too: the first of them is the end.
    let word = word(of: bytes, from: index)
    let marks = marks(of: word)
    union |= word & before(marks)
    return (index + firstByte(of: marks), union & tops == 0)
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

  /// The bits of all bytes before the first one that is marked.
  private static func before(_ marks: UInt64) -> UInt64 { (marks &- 1) & ~marks }
}
