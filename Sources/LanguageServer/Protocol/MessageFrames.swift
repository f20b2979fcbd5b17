/// Cuts a stream of bytes into messages, and finds its way again after nonsense.
///
/// Source: Language Server Protocol 3.17, section Base Protocol.
package struct MessageFrames: Sendable {
  package enum Frame: Hashable, Sendable {
    case message([UInt8])
    /// Something that is no message, in words.
    case nonsense(String)
  }

  /// A message is at most so long, in bytes.
  package static let longestMessage = 64 << 20
  private static let longestHeader = 8 << 10

  private var buffer: [UInt8] = []
  /// How many bytes of the buffer are done with.
  private var start = 0

  package init() {}

  /// Takes bytes in; returns the messages that are whole now.
  package mutating func take(_ bytes: some Sequence<UInt8>) -> [Frame] {
    buffer += bytes
    var frames: [Frame] = []
    while let frame = next() { frames.append(frame) }
    buffer.removeFirst(start)
    start = 0
    return frames
  }

  private mutating func next() -> Frame? {
    let rest = buffer[start...]
    guard let end = Self.headerEnd(rest) else {
      guard rest.count > Self.longestHeader else { return nil }
      return skip("a header of more than \(Self.longestHeader) bytes")
    }
    let header = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
    guard let length = Self.length(header) else {
      return skip("a header without a usable Content-Length")
    }
    guard length <= Self.longestMessage else {
      return skip("a message of \(length) bytes, where \(Self.longestMessage) are allowed")
    }
    guard rest.endIndex - end.upperBound >= length else { return nil }
    start = end.upperBound + length
    return .message(Array(rest[end.upperBound..<start]))
  }

  /// Passes over everything before what looks like the next header.
  private mutating func skip(_ what: String) -> Frame {
    let mark = Array("Content-Length:".utf8)
    var position = start + 1
    while position + mark.count <= buffer.count, !buffer[position...].starts(with: mark) {
      position += 1
    }
    // The last bytes may be the start of a header.
    start = min(position, buffer.count)
    return .nonsense(what)
  }

  /// The empty line behind a header; some clients write bare line feeds.
  private static func headerEnd(_ bytes: ArraySlice<UInt8>) -> Range<Int>? {
    var position = bytes.startIndex
    while position < bytes.endIndex, position - bytes.startIndex <= longestHeader {
      if bytes[position...].starts(with: [0x0D, 0x0A, 0x0D, 0x0A]) {
        return position..<position + 4
      }
      if bytes[position...].starts(with: [0x0A, 0x0A]) { return position..<position + 2 }
      position += 1
    }
    return nil
  }

  private static func length(_ header: String) -> Int? {
    for line in header.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { continue }
      let digits = parts[1].filter { $0 != " " }
      guard digits.count < 18, let length = Int(digits), length >= 0 else { return nil }
      return length
    }
    return nil
  }
}
