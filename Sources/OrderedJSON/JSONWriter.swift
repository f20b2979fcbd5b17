/// Writes values as JSON text into a growing buffer.
///
/// Numbers print as .NET prints them: a double without a fraction as `5.0`, a decimal with at
/// least one fractional digit.
///
/// Source: RFC 8259; workflow language reference, section b.5.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  private let indentation: Int?
  private var level = 0

  /// - Parameter indentation: Spaces for each level; `nil` writes everything on one line.
  package init(indentation: Int? = nil) {
    self.indentation = indentation
  }

  package mutating func write(_ value: JSON) {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .integer(let value): write(value)
    case .double(let value): write(value)
    case .decimal(let value): write(value)
    case .string(let value): write(value)
    case .array(let value): write(value)
    case .object(let value): write(value)
    }
  }

  package mutating func write(_ object: JSONObject) {
    guard !object.isEmpty else {
      append("{}")
      return
    }
    bytes.append(UInt8(ascii: "{"))
    level += 1
    var isFirst = true
    for member in object.members {
      separate(&isFirst)
      write(member.key)
      bytes.append(UInt8(ascii: ":"))
      if indentation != nil { bytes.append(0x20) }
      write(member.value)
    }
    close(UInt8(ascii: "}"))
  }

  package mutating func write(_ array: [JSON]) {
    guard !array.isEmpty else {
      append("[]")
      return
    }
    bytes.append(UInt8(ascii: "["))
    level += 1
    var isFirst = true
    for element in array {
      separate(&isFirst)
      write(element)
    }
    close(UInt8(ascii: "]"))
  }

  private mutating func separate(_ isFirst: inout Bool) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    breakLine()
  }

  private mutating func close(_ closer: UInt8) {
    level -= 1
    breakLine()
    bytes.append(closer)
  }

  private mutating func breakLine() {
    guard let indentation else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indentation * level))
  }

  // MARK: Scalars

  package mutating func write(_ integer: Int64) {
    if integer < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = integer.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  /// JSON has no infinities and no NaN: they are written as strings, as the product does.
  private mutating func write(_ double: Double) {
    guard double.isFinite else {
      write(NumberText.text(of: double))
      return
    }
    let text = NumberText.text(of: double)
    append(text)
    if !text.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "E") }) {
      append(".0")
    }
  }

  private mutating func write(_ decimal: ScaledDecimal) {
    append(decimal.description)
    if decimal.scale == 0 { append(".0") }
  }

  package mutating func write(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    var string = string
    string.withUTF8 { appendEscaped($0) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Copies runs of plain bytes at once and escapes what lies between them.
  private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    var runStart = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        index += 1
        continue
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart..<index]))
      appendEscape(byte)
      index += 1
      runStart = index
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart...]))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x08: append("\\b")
    case 0x09: append("\\t")
    case 0x0A: append("\\n")
    case 0x0C: append("\\f")
    case 0x0D: append("\\r")
    default: append("\\u00" + hexadecimal(byte).lowercased())
    }
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}

extension JSON {
  /// The value as compact JSON text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The value as compact JSON in UTF-8.
  package var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.write(self)
    return writer.bytes
  }

  /// The value as JSON text with two spaces for each level.
  package var prettyText: String {
    var writer = JSONWriter(indentation: 2)
    writer.write(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
