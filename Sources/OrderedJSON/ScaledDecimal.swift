/// A decimal number with up to 29 significant digits that keeps its scale, so `5.00` stays `5.00`.
///
/// The value is `mantissa / 10^scale`, negated when `isNegative`. The mantissa is below 2^96 and
/// the scale at most 28, the ranges of .NET's `System.Decimal`.
///
/// Source: workflow language reference, sections b.3 and b.5.
package struct ScaledDecimal: Sendable {
  package var isNegative: Bool
  package var mantissa: UInt128
  package var scale: Int

  package static let largestMantissa: UInt128 = (1 << 96) - 1
  package static let largestScale = 28

  /// Refuses a mantissa or scale out of range.
  package init?(isNegative: Bool, mantissa: UInt128, scale: Int) {
    guard mantissa <= Self.largestMantissa, (0...Self.largestScale).contains(scale) else {
      return nil
    }
    self.isNegative = isNegative && mantissa != 0
    self.mantissa = mantissa
    self.scale = scale
  }

  package init(_ integer: Int64) {
    isNegative = integer < 0
    mantissa = UInt128(integer.magnitude)
    scale = 0
  }

  /// Reads `[-]digits[.digits]`; `nil` for other text or a number that does not fit exactly.
  package init?(text: some StringProtocol) {
    var digits = text.utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits.removeFirst() }
    var mantissa: UInt128 = 0
    var scale: Int?
    var sawDigit = false
    for byte in digits {
      if byte == UInt8(ascii: "."), scale == nil {
        scale = 0
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte),
        mantissa <= Self.largestMantissa
      else { return nil }
      sawDigit = true
      mantissa = mantissa * 10 + UInt128(byte - UInt8(ascii: "0"))
      scale = scale.map { $0 + 1 }
    }
    guard sawDigit else { return nil }
    self.init(isNegative: isNegative, mantissa: mantissa, scale: scale ?? 0)
  }

  package var doubleValue: Double { Double(description) ?? .nan }
}

extension ScaledDecimal: CustomStringConvertible {
  /// The digits with the scale kept: `5.0000`, `-0.25`.
  package var description: String {
    var digits = String(mantissa)
    if scale > 0 {
      if digits.count <= scale {
        digits = String(repeating: "0", count: scale - digits.count + 1) + digits
      }
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -scale))
    }
    return isNegative ? "-" + digits : digits
  }
}

extension ScaledDecimal: Equatable {
  /// Compares by value: `5.0` equals `5.00`.
  package static func == (left: ScaledDecimal, right: ScaledDecimal) -> Bool {
    let (left, right) = (left.reduced, right.reduced)
    return left.isNegative == right.isNegative && left.mantissa == right.mantissa
      && left.scale == right.scale
  }

  /// The same value with the smallest scale.
  private var reduced: ScaledDecimal {
    var copy = self
    while copy.scale > 0, copy.mantissa % 10 == 0 {
      copy.mantissa /= 10
      copy.scale -= 1
    }
    return copy
  }
}
