import OrderedJSON

/// Arithmetic with the scales and the rounding of .NET.
///
/// Results that need more than 96 bits or 28 fraction digits are rounded half to even; `nil` means
/// that the whole part does not fit.
///
/// Source: .NET `System.Decimal`.
extension ScaledDecimal {
  func adding(_ other: ScaledDecimal) -> ScaledDecimal? {
    let (left, right) = aligned(with: other)
    let scale = max(self.scale, other.scale)
    if isNegative == other.isNegative {
      return ScaledDecimal(rounding: left + right, scale: scale, isNegative: isNegative)
    }
    return left < right
      ? ScaledDecimal(rounding: right - left, scale: scale, isNegative: other.isNegative)
      : ScaledDecimal(rounding: left - right, scale: scale, isNegative: isNegative)
  }

  var negated: ScaledDecimal {
    var copy = self
    copy.isNegative = !isNegative && mantissa != 0
    return copy
  }

  func multiplied(by other: ScaledDecimal) -> ScaledDecimal? {
    ScaledDecimal(
      rounding: WideInteger(mantissa, times: other.mantissa),
      scale: scale + other.scale,
      isNegative: isNegative != other.isNegative
    )
  }

  /// The quotient; the divisor must not be zero.
  func divided(by other: ScaledDecimal) -> ScaledDecimal? {
    var (quotient, rest) = mantissa.quotientAndRemainder(dividingBy: other.mantissa)
    let preferred = scale - other.scale
    var scale = preferred
    while rest != 0 || scale < 0, scale < Self.largestScale,
      quotient <= (Self.largestMantissa - 9) / 10
    {
      let (digit, next) = (rest * 10).quotientAndRemainder(dividingBy: other.mantissa)
      quotient = quotient * 10 + digit
      rest = next
      scale += 1
    }
    guard scale >= 0 else { return nil }
    let isInexact = rest != 0
    if rest * 2 > other.mantissa || (rest * 2 == other.mantissa && quotient & 1 == 1) {
      quotient += 1
    }
    while isInexact, scale > max(0, preferred), quotient % 10 == 0 {
      quotient /= 10
      scale -= 1
    }
    let isNegative = isNegative != other.isNegative
    return ScaledDecimal(rounding: WideInteger(quotient), scale: scale, isNegative: isNegative)
  }

  /// The remainder with the sign of the dividend; the divisor must not be zero.
  func remainder(dividingBy other: ScaledDecimal) -> ScaledDecimal? {
    let (left, right) = aligned(with: other)
    let scale = max(self.scale, other.scale)
    let rest =
      right.high == 0
      ? WideInteger(left.quotientAndRemainder(dividingBy: right.low).1) : left
    return ScaledDecimal(rounding: rest, scale: scale, isNegative: isNegative)
  }

  /// Below, at or above zero.
  func compared(to other: ScaledDecimal) -> Int {
    let (left, right) = aligned(with: other)
    let isNegative = isNegative && mantissa != 0
    let otherIsNegative = other.isNegative && other.mantissa != 0
    if isNegative != otherIsNegative { return isNegative ? -1 : 1 }
    let order = left < right ? -1 : right < left ? 1 : 0
    return isNegative ? -order : order
  }

  /// Rounds half to even until the number fits; `nil` when its whole part is too large.
  init?(rounding value: WideInteger, scale: Int, isNegative: Bool) {
    var (value, scale) = (value, scale)
    var (last, isSticky): (UInt128, Bool) = (0, false)
    while scale > Self.largestScale || value.high != 0 || value.low > Self.largestMantissa {
      guard scale > 0 else { return nil }
      isSticky = isSticky || last != 0
      (value, last) = value.quotientAndRemainder(dividingBy: 10)
      scale -= 1
      let fits = scale <= Self.largestScale && value.high == 0 && value.low <= Self.largestMantissa
      if fits, last > 5 || (last == 5 && (isSticky || value.low & 1 == 1)) {
        value = value + WideInteger(1)
        (last, isSticky) = (0, false)
      }
    }
    self.init(isNegative: isNegative, mantissa: value.low, scale: scale)
  }

  private func aligned(with other: ScaledDecimal) -> (WideInteger, WideInteger) {
    let scale = max(self.scale, other.scale)
    return (
      WideInteger(mantissa, times: Self.powerOfTen(scale - self.scale)),
      WideInteger(other.mantissa, times: Self.powerOfTen(scale - other.scale))
    )
  }

  private static func powerOfTen(_ exponent: Int) -> UInt128 {
    (0..<exponent).reduce(UInt128(1)) { power, _ in power * 10 }
  }
}
