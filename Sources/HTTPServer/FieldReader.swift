internal import HTTPMessages

/// Gathers the header fields of a request from where the library read them.
struct FieldReader {
  private(set) var fields: [HTTPFields.Field] = []
  /// Whether each field is on one line of its own, with nothing else between them.
  private(set) var isUnbroken = true
  private var end: UnsafePointer<CChar>?

  init() { fields.reserveCapacity(12) }

  mutating func add(_ name: Span, _ value: Span) {
    if let end, !Self.isLineEnd(from: end, to: name.start) { isUnbroken = false }
    end = value.start + value.count
    let value = Self.text(value).trimmingTrailingSpace()
    fields.append(HTTPFields.Field(name: Self.text(name), value: value))
  }

  /// Notes where the empty line after the last field ends.
  mutating func finish(at headEnd: UnsafePointer<CChar>) {
    if let end, !(2...4).contains(headEnd - end) { isUnbroken = false }
  }

  /// Bytes in the library's buffer.
  struct Span {
    let start: UnsafePointer<CChar>
    let count: Int
  }

  // The library ends names and values by writing zeros over colons and line ends, in the buffer
  // that it read into. It moves a field that is continued on a second line, and it takes a zero
  // that the client sent for the end of a value: either way more than a line end lies between the
  // value and the next name.
  private static func isLineEnd(
    from end: UnsafePointer<CChar>,
    to next: UnsafePointer<CChar>
  ) -> Bool {
    let count = next - end
    guard (1...2).contains(count) else { return false }
    return (0..<count).allSatisfy { end[$0] == 0 }
  }

  private static func text(_ span: Span) -> String {
    let bytes = UnsafeRawBufferPointer(start: span.start, count: span.count)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  fileprivate func trimmingTrailingSpace() -> String {
    guard let last = utf8.last, last == 0x20 || last == 0x09 else { return self }
    let count = utf8.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
    return String(decoding: utf8.dropLast(count), as: UTF8.self)
  }
}
