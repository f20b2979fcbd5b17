/// One Unicode scalar read from the middle of valid UTF-8.
struct UTF8Scalar {
  let value: Unicode.Scalar
  /// How many bytes it takes.
  let width: Int

  init(_ bytes: [UInt8], at position: Int) {
    var iterator = bytes[position...].prefix(4).makeIterator()
    var decoder = UTF8()
    if case .scalarValue(let scalar) = decoder.decode(&iterator) {
      value = scalar
      width = UTF8.width(scalar)
    } else {
      value = "\u{FFFD}"
      width = 1
    }
  }

  var isWhitespace: Bool { value.properties.isWhitespace }
}
