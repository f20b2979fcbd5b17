/// The bytes of a file, and where its lines start.
package struct SourceText: Sendable {
  package let file: String
  package let bytes: [UInt8]
  private let lineStarts: [Int]
  /// Bytes that are never shown, such as secrets.
  private var hidden: [Range<Int>] = []

  package init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    lineStarts = starts
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
    let line = lineIndex(of: start)
    let lineStart = start >= 3 && line == 0 && hasByteOrderMark ? 3 : lineStarts[line]
    let lineEnd = end(ofLine: line)
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

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }

  private func end(ofLine line: Int) -> Int {
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
    if end > lineStarts[line], bytes[end - 1] == 0x0D { end -= 1 }
    return end
  }

  private func characterCount(_ range: Range<Int>) -> Int {
    String(decoding: bytes[range], as: UTF8.self).unicodeScalars.count
  }
}
