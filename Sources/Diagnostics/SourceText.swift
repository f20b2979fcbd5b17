/// The bytes of a file, for showing places in it.
package struct SourceText: Sendable {
  package let file: String
  package let bytes: [UInt8]
  private let lines: LineTable
  /// Bytes that are never shown, such as secrets.
  private var hidden: [Range<Int>] = []

  package init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
    lines = LineTable(bytes)
  }

  /// The same text, in whose lines these bytes are shown as stars.
  package func hiding(_ ranges: [Range<Int>]) -> SourceText {
    var copy = self
    copy.hidden += ranges
    return copy
  }

  /// The place of a range of bytes; a range over several lines is cut at the end of its first.
  package func location(of range: Range<Int>) -> SourceLocation {
    let start = min(range.lowerBound, bytes.count)
    let line = lines.line(of: start)
    let lineStart = start >= 3 && line == 0 && hasByteOrderMark ? 3 : lines.start(ofLine: line)
    let lineEnd = lines.end(ofLine: line, in: bytes)
    let stop = max(start, min(range.upperBound, lineEnd))
    return SourceLocation(
      file: file,
      line: line + 1,
      column: characterCount(min(lineStart, start)..<start) + 1,
      length: max(1, characterCount(start..<stop)),
      sourceLine: shown(min(lineStart, lineEnd)..<lineEnd)
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

  private func characterCount(_ range: Range<Int>) -> Int {
    String(decoding: bytes[range], as: UTF8.self).unicodeScalars.count
  }
}
