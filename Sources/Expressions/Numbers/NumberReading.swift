import OrderedJSON

/// Numbers read from text for the conversion functions.
///
/// Source: workflow language reference, section c.4.
enum NumberReading {
  /// A double; beyond the range infinity, below it zero; `nil` for other text.
  static func double(
    _ text: String,
    _ style: NumberParser.Style,
    _ symbols: NumberSymbols
  ) -> Double? {
    if let number = NumberParser.parse(text, style, symbols) { return double(number) }
    return word(text, symbols)
  }

  static func double(_ number: DecimalDigits) -> Double? {
    guard !number.isZero else { return number.isNegative ? -0.0 : 0 }
    let digits = String(decoding: number.digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    return Double("\(number.isNegative ? "-" : "")\(digits)e\(number.exponent)")
  }

  /// NaN and infinity, by the names that the culture gives them.
  private static func word(_ text: String, _ symbols: NumberSymbols) -> Double? {
    var word = text.lowercased()[...]
    while word.first?.isWhitespace == true { word.removeFirst() }
    while word.last?.isWhitespace == true { word.removeLast() }
    let isNegative = word.hasPrefix("-")
    if isNegative || word.hasPrefix("+") { word.removeFirst() }
    if word == "nan" { return .nan }
    guard word == symbols.infinity.lowercased() else { return nil }
    return isNegative ? -.infinity : .infinity
  }

  /// A 64-bit integer, in which an exponent may stand but no fraction.
  static func integer(_ text: String) -> Int64? {
    guard let number = NumberParser.parse(text, .exponent, .invariant) else { return nil }
    guard let value = ScaledDecimal(number), !number.isZero else {
      return number.isZero ? 0 : nil
    }
    return value.exactInteger
  }
}

extension ScaledDecimal {
  /// The value as a 64-bit integer, when it is one.
  var exactInteger: Int64? {
    var (mantissa, scale) = (mantissa, scale)
    while scale > 0 {
      guard mantissa % 10 == 0 else { return nil }
      mantissa /= 10
      scale -= 1
    }
    let value = Int128(mantissa)
    return Int64(exactly: isNegative ? -value : value)
  }
}
