/// The text of a double as .NET's shortest round-trip conversion writes it.
///
/// Source: .NET `Double.ToString("R", InvariantCulture)`; workflow language reference, section b.5.
package enum NumberText {
  /// Plain digits while the decimal exponent is at least -4 and below 15 or the number of digits,
  /// else `d.dddE+XX`.
  package static func text(of value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    if value == 0 { return value.sign == .minus ? "-0" : "0" }
    if let integer = Int64(exactly: value), integer.magnitude < 1_000_000_000_000_000 {
      return String(integer)
    }
    // In this range Swift's own text is the same.
    if (1e-4..<1e15).contains(value.magnitude) { return value.description }
    let (digits, exponent) = shortest(value.magnitude)
    let sign = value < 0 ? "-" : ""
    let isPlain = exponent >= -4 && exponent < max(digits.count, 15)
    return sign + (isPlain ? plain(digits, exponent) : scientific(digits, exponent))
  }

  /// The significant digits without trailing zeros, and the exponent of the first one.
  private static func shortest(_ magnitude: Double) -> (digits: [UInt8], exponent: Int) {
    var digits: [UInt8] = []
    var exponent = 0
    var pointPosition: Int?
    let spelling = Array("\(magnitude)".utf8)
    for (offset, byte) in spelling.enumerated() {
      if byte == UInt8(ascii: ".") {
        pointPosition = digits.count
      } else if byte == UInt8(ascii: "e") {
        exponent = Int(String(decoding: spelling[(offset + 1)...], as: UTF8.self)) ?? 0
        break
      } else {
        digits.append(byte)
      }
    }
    exponent += (pointPosition ?? digits.count) - 1
    let leadingZeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(leadingZeros)
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return (digits, exponent - leadingZeros)
  }

  private static func plain(_ digits: [UInt8], _ exponent: Int) -> String {
    var text = digits.map { Character(Unicode.Scalar($0)) }
    if exponent < 0 {
      text.insert(contentsOf: "0." + String(repeating: "0", count: -exponent - 1), at: 0)
    } else if digits.count <= exponent + 1 {
      text.append(contentsOf: String(repeating: "0", count: exponent + 1 - digits.count))
    } else {
      text.insert(".", at: exponent + 1)
    }
    return String(text)
  }

  private static func scientific(_ digits: [UInt8], _ exponent: Int) -> String {
    var text = digits.map { Character(Unicode.Scalar($0)) }
    if text.count > 1 { text.insert(".", at: 1) }
    let magnitude = String(exponent.magnitude)
    let padded = magnitude.count < 2 ? "0" + magnitude : magnitude
    return String(text) + "E" + (exponent < 0 ? "-" : "+") + padded
  }
}
