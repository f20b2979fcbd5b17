/// Writes values as JSON text into a growing buffer.
///
/// Numbers print as .NET prints them: a double without a fraction as `5.0`, a decimal with at
/// least one fractional digit.
///
/// Source: RFC 8259; workflow language reference, section b.5.
package struct JSONWriter: ~Copyable {
  var buffer = ByteBuffer()
  let indentation: Int?
  var level = 0

  /// Spaces for each level of `indentation`; `nil` writes everything on one line.
  package init(indentation: Int? = nil) {
    self.indentation = indentation
  }

  /// What was written so far.
  package var bytes: [UInt8] { buffer.bytes }

  package mutating func write(_ value: JSON) {
    switch value {
    case .null: buffer.append(literal: "null")
    case .bool(let value): write(value)
    case .integer(let value): write(value)
    case .double(let value): write(value)
    case .decimal(let value): write(value)
    case .string(let value): write(value)
    case .array(let value): write(value)
    case .object(let value): write(value)
    }
  }

  package mutating func write(_ object: JSONObject) {
    open(.object)
    for position in object.members.indices {
      separate()
      write(object.members[position].key)
      endName()
      write(object.members[position].value)
    }
    close(.object)
  }

  package mutating func write(_ array: [JSON]) {
    open(.array)
    for position in array.indices {
      separate()
      write(array[position])
    }
    close(.array)
  }

  // MARK: Scalars

  package mutating func write(_ bool: Bool) { buffer.append(literal: bool ? "true" : "false") }

  package mutating func write(_ integer: Int64) { buffer.append(integer: integer) }

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
