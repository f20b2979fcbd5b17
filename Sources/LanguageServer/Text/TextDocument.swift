import OrderedJSON

/// An open document: its text, and what its lines are.
package struct TextDocument: Sendable {
  package let uri: String
  package private(set) var version: Int64
  package private(set) var bytes: [UInt8]
  private var lineStarts: [Int]

  package init(uri: String, version: Int64, text: String) {
    self.uri = uri
    self.version = version
    bytes = Array(text.utf8)
    lineStarts = Self.starts(bytes)
  }

  private static func starts(_ bytes: [UInt8]) -> [Int] {
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    return starts
  }

  package var lineCount: Int { lineStarts.count }

  // MARK: Places

  /// The byte at a position; a position beyond its line, or beyond the text, is the end of that.
  package func offset(of position: TextPosition) -> Int {
    guard position.line < lineStarts.count else { return bytes.count }
    var offset = lineStarts[position.line]
    let end = end(ofLine: position.line)
    var units = 0
    while offset < end, units < position.character {
      let width = Self.width(bytes[offset])
      units += width == 4 ? 2 : 1
      offset += width
    }
    return min(offset, end)
  }

  package func position(of offset: Int) -> TextPosition {
    let offset = max(0, min(offset, bytes.count))
    let line = line(of: offset)
    var units = 0
    var place = lineStarts[line]
    while place < offset {
      let width = Self.width(bytes[place])
      units += width == 4 ? 2 : 1
      place += width
    }
    return TextPosition(line: line, character: units)
  }

  func range(of range: Range<Int>) -> JSON {
    ["start": position(of: range.lowerBound).json, "end": position(of: range.upperBound).json]
  }

  /// The bytes of a part of a line that is counted in characters, as diagnostics do.
  func bytes(line: Int, column: Int, length: Int) -> Range<Int> {
    guard line > 0, line <= lineStarts.count else { return 0..<0 }
    let end = end(ofLine: line - 1)
    let hasMark = line == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
    var start = lineStarts[line - 1] + (hasMark ? 3 : 0)
    for _ in 0..<max(0, column - 1) where start < end { start += Self.width(bytes[start]) }
    var stop = start
    for _ in 0..<length where stop < end { stop += Self.width(bytes[stop]) }
    return min(start, end)..<max(min(start, end), min(stop, end))
  }

  private func line(of offset: Int) -> Int {
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

  /// How many bytes the character has that starts with this one.
  private static func width(_ byte: UInt8) -> Int {
    switch byte {
    case 0xC0..<0xE0: 2
    case 0xE0..<0xF0: 3
    case 0xF0...: 4
    default: 1
    }
  }

  // MARK: Changes

  /// Takes changes in their order; one without a range replaces the whole text.
  ///
  /// Source: Language Server Protocol 3.17, TextDocumentContentChangeEvent.
  mutating func apply(_ changes: [JSON], version: Int64) {
    for change in changes {
      guard let text = change["text"]?.stringValue else { continue }
      if let start = TextPosition(change["range"]?["start"]),
        let end = TextPosition(change["range"]?["end"])
      {
        let from = offset(of: start)
        bytes.replaceSubrange(from..<max(from, offset(of: end)), with: text.utf8)
      } else {
        bytes = Array(text.utf8)
      }
      lineStarts = Self.starts(bytes)
    }
    self.version = version
  }
}
