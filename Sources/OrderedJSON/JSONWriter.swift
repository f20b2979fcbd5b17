/// Writes values as JSON text into a growing buffer.
///
/// Numbers print as .NET prints them: a double without a fraction as `5.0`, a decimal with at
/// least one fractional digit.
///
/// Source: RFC 8259; workflow language reference, section b.5.
package struct JSONWriter: ~Copyable {
  private var buffer = ByteBuffer()
  private let indentation: Int?
  private var level = 0

  /// Spaces for each level of `indentation`; `nil` writes everything on one line.
  package init(indentation: Int? = nil) {
    self.indentation = indentation
  }

  /// What was written so far.
  package var bytes: [UInt8] { buffer.bytes }

  package mutating func write(_ value: JSON) {
    switch value {
    case .null: buffer.append(literal: "null")
    case .bool(let value): buffer.append(literal: value ? "true" : "false")
    case .integer(let value): buffer.append(integer: value)
    case .double(let value): write(value)
    case .decimal(let value): write(value)
    case .string(let value): write(value)
    case .array(let value): write(value)
    case .object(let value): write(value)
    }
  }

  package mutating func write(_ object: JSONObject) {
    guard !object.isEmpty else {
      buffer.append(literal: "{}")
      return
    }
    buffer.append(UInt8(ascii: "{"))
    level += 1
    var isFirst = true
    for member in object.members {
      separate(&isFirst)
      write(member.key)
      buffer.append(UInt8(ascii: ":"))
      if indentation != nil { buffer.append(0x20) }
      write(member.value)
    }
    close(UInt8(ascii: "}"))
  }

  package mutating func write(_ array: [JSON]) {
    guard !array.isEmpty else {
      buffer.append(literal: "[]")
      return
    }
    buffer.append(UInt8(ascii: "["))
    level += 1
    var isFirst = true
    for element in array {
      separate(&isFirst)
      write(element)
    }
    close(UInt8(ascii: "]"))
  }

  private mutating func separate(_ isFirst: inout Bool) {
    if !isFirst { buffer.append(UInt8(ascii: ",")) }
    isFirst = false
    breakLine()
  }

  private mutating func close(_ closer: UInt8) {
    level -= 1
    breakLine()
    buffer.append(closer)
  }

  private mutating func breakLine() {
    guard let indentation else { return }
    buffer.append(0x0A)
    for _ in 0..<indentation * level { buffer.append(0x20) }
  }

  // MARK: Scalars

  /// JSON has no infinities and no NaN: they are written as strings, as the product does.
  private mutating func write(_ double: Double) {
    guard double.isFinite else {
      write(NumberText.text(of: double))
      return
    }
    let text = NumberText.text(of: double)
    buffer.append(text)
    if !text.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "E") }) {
      buffer.append(literal: ".0")
    }
  }

  private mutating func write(_ decimal: ScaledDecimal) {
    buffer.append(decimal.description)
    // An integer too long for 64 bits was read as a decimal and stays one when read again.
    if decimal.scale == 0, decimal.mantissa <= UInt128(Int64.max) { buffer.append(literal: ".0") }
  }

  package mutating func write(_ string: String) { buffer.appendQuoted(string) }
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
