internal import HTTPMessages

/// Reads a multipart message.
///
/// Source: RFC 2046 section 5.1.1.
enum MultipartReader {
  private static let partLimit = 1_000

  /// The parts; `nil` when the boundary never occurs.
  static func read(_ bytes: [UInt8], boundary: String) -> [MultipartPart]? {
    let delimiter = Array("--\(boundary)".utf8)
    let starts = delimiterPositions(in: bytes, delimiter)
    guard !boundary.isEmpty, !starts.isEmpty else { return nil }
    var parts: [MultipartPart] = []
    for (index, start) in starts.enumerated() {
      let contentStart = start + delimiter.count
      if bytes[contentStart...].starts(with: [0x2D, 0x2D]) { break }
      let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
      parts.append(part(bytes[contentStart..<max(contentStart, end)]))
    }
    return parts
  }

  /// Where the delimiter stands at the start of a line.
  private static func delimiterPositions(in bytes: [UInt8], _ delimiter: [UInt8]) -> [Int] {
    var positions: [Int] = []
    var index = 0
    while index + delimiter.count <= bytes.count, positions.count < partLimit {
      let isLineStart = index == 0 || bytes[index - 1] == 0x0A
      if isLineStart, bytes[index] == 0x2D, bytes[index...].starts(with: delimiter) {
        positions.append(index)
        index += delimiter.count
      } else {
        index += 1
      }
    }
    return positions
  }

  private static func part(_ bytes: ArraySlice<UInt8>) -> MultipartPart {
    var rest = afterLine(bytes)
    var headers = HTTPFields()
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
      let line = String(decoding: rest[..<end], as: UTF8.self)
      rest = end < rest.endIndex ? rest[(end + 1)...] : rest[end...]
      guard let colon = line.firstIndex(of: ":") else { break }
      let value = MediaType.trimmed(line[line.index(after: colon)...])
      headers.append(MediaType.trimmed(line[..<colon]), value)
    }
    return MultipartPart(headers: headers, body: Array(withoutLineEnd(rest)))
  }

  private static func afterLine(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let end = bytes.firstIndex(of: 0x0A) else { return [] }
    return bytes[(end + 1)...]
  }

  /// The line end before a delimiter belongs to the delimiter.
  private static func withoutLineEnd(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var trimmed = bytes
    if trimmed.last == 0x0A { trimmed.removeLast() }
    if trimmed.last == 0x0D { trimmed.removeLast() }
    return trimmed
  }
}
