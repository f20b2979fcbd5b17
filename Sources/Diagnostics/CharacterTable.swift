/// How many characters (Unicode scalars) stand before each byte of a text, at hand for every place
/// of a line however long it is.
struct CharacterTable: Sendable {
  private static let stride = 4096
  /// The count before every so many bytes.
  private let counts: [Int]

  init(_ bytes: [UInt8]) {
    var counts = [0]
    for start in Swift.stride(from: 0, to: bytes.count, by: Self.stride) {
      let end = min(start + Self.stride, bytes.count)
      counts.append(counts[counts.count - 1] + Self.count(bytes[start..<end]))
    }
    self.counts = counts
  }

  /// How many characters begin in a range of the text.
  func count(in range: Range<Int>, of bytes: [UInt8]) -> Int {
    count(before: range.upperBound, of: bytes) - count(before: range.lowerBound, of: bytes)
  }

  /// Where the character of a byte begins; the end of the text behind it.
  func start(of offset: Int, in bytes: [UInt8]) -> Int {
    guard offset < bytes.count else { return bytes.count }
    var start = max(0, offset)
    while start > 0, Self.continues(bytes[start]) { start -= 1 }
    return start
  }

  private func count(before offset: Int, of bytes: [UInt8]) -> Int {
    let known = offset / Self.stride
    return counts[known] + Self.count(bytes[known * Self.stride..<offset])
  }

  private static func count(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 + (continues($1) ? 0 : 1) }
  }

  /// Whether a byte is not the first one of its character in UTF-8.
  private static func continues(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
