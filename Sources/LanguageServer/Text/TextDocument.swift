import Diagnostics
import OrderedJSON

/// An open document: its text, and what its lines are.
package struct TextDocument: Sendable {
  package let uri: String
  package private(set) var version: Int64
  package private(set) var bytes: [UInt8]
  private var lines: LineTable

  package init(uri: String, version: Int64, text: String) {
    self.uri = uri
    self.version = version
    bytes = Array(text.utf8)
    lines = LineTable(bytes)
  }

  package var lineCount: Int { lines.count }

  // MARK: Places

  /// The byte at a position; a position beyond its line, or beyond the text, is the end of that.
  package func offset(of position: TextPosition) -> Int {
    guard position.line < lines.count else { return bytes.count }
    var offset = lines.start(ofLine: position.line)
    let end = lines.end(ofLine: position.line, in: bytes)
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
    let line = lines.line(of: offset)
    var units = 0
    var place = lines.start(ofLine: line)
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
    guard line > 0, line <= lines.count else { return 0..<0 }
    let end = lines.end(ofLine: line - 1, in: bytes)
    let hasMark = line == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
    var start = lines.start(ofLine: line - 1) + (hasMark ? 3 : 0)
    for _ in 0..<max(0, column - 1) where start < end { start += Self.width(bytes[start]) }
    var stop = start
    for _ in 0..<length where stop < end { stop += Self.width(bytes[stop]) }
    return min(start, end)..<max(min(start, end), min(stop, end))
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
      lines = LineTable(bytes)
    }
    self.version = version
  }
}
