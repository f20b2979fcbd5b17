/// A growing run of bytes that is written to without the checks of an array.
struct ByteBuffer: ~Copyable {
  private var storage: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0

  init(capacity: Int = 512) {
    self.capacity = capacity
    storage = .allocate(capacity: capacity)
  }

  deinit { storage.deallocate() }

  var bytes: [UInt8] { Array(UnsafeBufferPointer(start: storage, count: count)) }

  var last: UInt8? { count == 0 ? nil : storage[count - 1] }

  @inline(__always)
  private mutating func reserve(_ added: Int) {
    if count + added > capacity { grow(added) }
  }

  private mutating func grow(_ added: Int) {
    capacity = max(capacity * 2, count + added)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: storage, count: count)
    storage.deallocate()
    storage = larger
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    storage[count] = byte
    count += 1
  }

  mutating func append(literal text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    (storage + count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  mutating func append(integer: Int64) {
    reserve(20)
    if integer < 0 { append(UInt8(ascii: "-")) }
    var rest = integer.magnitude
    var length = 1
    var bound: UInt64 = 10
    while length < 20, rest >= bound {
      length += 1
      let (product, overflow) = bound.multipliedReportingOverflow(by: 10)
      if overflow { break }
      bound = product
    }
    for offset in stride(from: count + length - 1, through: count, by: -1) {
      storage[offset] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += length
  }

  /// Writes a string in quotes, escaping what JSON requires.
  mutating func appendQuoted(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      reserve(bytes.count + 2)
      append(UInt8(ascii: "\""))
      appendEscaped(bytes)
      append(UInt8(ascii: "\""))
    }
  }

  /// Copies what needs no escape in one piece; there is room for all of it.
  private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    guard let start = text.baseAddress else { return }
    var index = 0
    while true {
      let end = PlainText.end(in: text, from: index)
      (storage + count).update(from: start + index, count: end - index)
      count += end - index
      guard end < text.count else { return }
      appendEscape(text[end])
      index = end + 1
      reserve(text.count - index + 1)
    }
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append(literal: "\\\"")
    case UInt8(ascii: "\\"): append(literal: "\\\\")
    case 0x08: append(literal: "\\b")
    case 0x09: append(literal: "\\t")
    case 0x0A: append(literal: "\\n")
    case 0x0C: append(literal: "\\f")
    case 0x0D: append(literal: "\\r")
    default: append("\\u00" + hexadecimal(byte).lowercased())
    }
  }
}
