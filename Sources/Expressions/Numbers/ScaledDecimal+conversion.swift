import OrderedJSON

extension ScaledDecimal {
  /// A double rounded to 15 significant digits; `nil` beyond about 7.9e28.
  ///
  /// Source: .NET explicit conversion from Double to Decimal.
  init?(rounding value: Double) {
    guard value.isFinite else { return nil }
    let number = DecimalDigits(value, significantDigits: 15)
    self.init(number)
  }

  /// The nearest decimal to the digits, half to even; `nil` when the whole part is too large.
  init?(_ number: DecimalDigits) {
    var digits = number.digits
    var exponent = number.exponent
    guard !digits.isEmpty else {
      self.init(isNegative: false, mantissa: 0, scale: min(max(0, -exponent), Self.largestScale))
      return
    }
    guard digits.count + exponent <= 29 else { return nil }
    guard digits.count + exponent > -30 else {
      self.init(isNegative: false, mantissa: 0, scale: Self.largestScale)
      return
    }
    if digits.count > 60 {
      let isSticky = digits[60...].contains { $0 != 0 }
      exponent += digits.count - 60
      digits = Array(digits[..<60])
      if isSticky, digits[59] % 5 == 0 { digits[59] += 1 }
    }
    var value = WideInteger(0)
    for digit in digits { value = Self.appending(digit, to: value) }
    while exponent > 0 {
      value = Self.appending(0, to: value)
      exponent -= 1
    }
    self.init(rounding: value, scale: -exponent, isNegative: number.isNegative)
  }

  private static func appending(_ digit: UInt8, to value: WideInteger) -> WideInteger {
    var result = WideInteger(value.low, times: 10)
    result.high = result.high &+ value.high &* 10
    return result + WideInteger(UInt128(digit))
  }
}
