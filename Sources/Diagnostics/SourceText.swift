/// The bytes of a file, for showing places in it.
package struct SourceText: Sendable {
  package let file: String
  package let bytes: [UInt8]
  private let lines: LineTable
  private let characters: CharacterTable
  /// Bytes that are never shown, such as secrets.
  private var hidden: [Range<Int>] = []

  package init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
    lines = LineTable(bytes)
    characters = CharacterTable(bytes)
  }

  /// The same text, in whose lines these bytes are shown as stars.
  package func hiding(_ ranges: [Range<Int>]) -> SourceText {
    var copy = self
    copy.hidden += ranges
    return copy
  }

  /// The place of a range of bytes; a range over several lines is cut at the end of its first.
  package func location(of range: Range<Int>) -> SourceLocation {
    let offset = min(range.lowerBound, bytes.count)
    let line = lines.line(of: offset)
    let lineStart = line == 0 && hasByteOrderMark ? 3 : lines.start(ofLine: line)
    let start = max(offset, lineStart)
    let lineEnd = lines.end(ofLine: line, in: bytes)
    let stop = max(start, min(range.upperBound, lineEnd))
    return SourceLocation(
      file: file,
      line: line + 1,
      column: characters.count(in: lineStart..<start, of: bytes) + 1,
      length: max(1, characters.count(in: start..<stop, of: bytes)),
      excerpt: excerpt(of: lineStart..<max(lineStart, lineEnd), around: min(start, lineEnd))
    )
  }

  /// A long line is cut to a window, so that minified files stay readable.
  private func excerpt(of line: Range<Int>, around place: Int) -> SourceLocation.Excerpt {
    let isFarIn = place - line.lowerBound > 80
    let start = isFarIn ? characters.start(of: place - 60, in: bytes) : line.lowerBound
    let end = min(line.upperBound, characters.start(of: start + 120, in: bytes))
    return SourceLocation.Excerpt(
      shown(start..<max(place, end)),
      column: characters.count(in: start..<place, of: bytes) + 1
    )
  }

  /// The place of one byte.
  package func location(at offset: Int) -> SourceLocation {
    location(of: offset..<offset + 1)
  }

  /// Each hidden character becomes one star, so that columns stay as they are.
  private func shown(_ line: Range<Int>) -> String {
    let hidden = hidden.filter { $0.overlaps(line) }
    guard !hidden.isEmpty else { return String(decoding: bytes[line], as: UTF8.self) }
    let shown = line.compactMap { offset -> UInt8? in
      guard hidden.contains(where: { $0.contains(offset) }) else { return bytes[offset] }
      return bytes[offset] & 0xC0 == 0x80 ? nil : UInt8(ascii: "*")
    }
    return String(decoding: shown, as: UTF8.self)
  }

  private var hasByteOrderMark: Bool { bytes.starts(with: [0xEF, 0xBB, 0xBF]) }
}
