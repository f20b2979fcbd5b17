import Foundation
import OrderedJSON

/// A finite number as its decimal digits: `0.ddd` shifted by an exponent, of any precision.
///
/// The value is the digits, read as one integer, times ten to the exponent.
struct DecimalDigits: Sendable {
  var isNegative: Bool
  /// 0 to 9, without leading zeros; empty for zero.
  var digits: [UInt8]
  var exponent: Int

  init(isNegative: Bool, digits: [UInt8], exponent: Int) {
    self.isNegative = isNegative
    self.digits = Array(digits.drop { $0 == 0 })
    self.exponent = exponent
  }

  init(_ value: Int64) {
    let digits = String(value.magnitude).utf8.map { $0 - UInt8(ascii: "0") }
    self.init(isNegative: value < 0, digits: digits, exponent: 0)
  }

  init(_ value: ScaledDecimal) {
    let digits = String(value.mantissa).utf8.map { $0 - UInt8(ascii: "0") }
    self.init(isNegative: value.isNegative, digits: digits, exponent: -value.scale)
  }

  /// The nearest number with so many significant digits.
  init(_ value: Double, significantDigits: Int) {
    let text = String(format: "%.*e", max(0, significantDigits - 1), value.magnitude)
    let parts = text.split(separator: "e")
    let digits = parts[0].utf8.filter { $0 != UInt8(ascii: ".") }.map { $0 - UInt8(ascii: "0") }
    let exponent = (parts.count > 1 ? Int(parts[1]) : nil) ?? 0
    self.init(
      isNegative: value.sign == .minus,
      digits: digits,
      exponent: exponent - (digits.count - 1)
    )
    trimTrailingZeros()
  }

  /// The exact value to so many fraction digits and 30 more, which show on which side of a half
  /// the rest lies.
  init(_ value: Double, fractionDigits: Int) {
    let count = max(0, fractionDigits) + 30
    let text = String(format: "%.*f", count, value.magnitude)
    let digits = text.utf8.filter { $0 != UInt8(ascii: ".") }.map { $0 - UInt8(ascii: "0") }
    self.init(isNegative: value.sign == .minus, digits: digits, exponent: -count)
  }

  /// The shortest digits that read back as the same double.
  init(shortest value: Double) {
    let parts = "\(value.magnitude)".split(separator: "e")
    let point = parts[0].firstIndex(of: ".")
    let fraction = point.map { parts[0].distance(from: $0, to: parts[0].endIndex) - 1 } ?? 0
    let digits = parts[0].utf8.filter { $0 != UInt8(ascii: ".") }.map { $0 - UInt8(ascii: "0") }
    let exponent = (parts.count > 1 ? Int(parts[1]) : nil) ?? 0
    self.init(isNegative: value.sign == .minus, digits: digits, exponent: exponent - fraction)
    trimTrailingZeros()
  }

  var isZero: Bool { digits.isEmpty }

  /// The exponent of the first digit: 0 for 1 to 9.99.
  var magnitude: Int { digits.count + exponent - 1 }

  /// Rounds half away from zero to so many digits after the point.
  mutating func round(toFractionDigits count: Int) {
    let drop = -count - exponent
    guard drop > 0 else { return }
    guard drop <= digits.count else {
      (digits, exponent) = ([], -count)
      return
    }
    let roundsUp = digits[digits.count - drop] >= 5
    digits.removeLast(drop)
    exponent = -count
    if roundsUp { increment() }
  }

  /// Rounds half away from zero to so many significant digits.
  mutating func round(toSignificantDigits count: Int) {
    guard digits.count > count else { return }
    round(toFractionDigits: count - digits.count - exponent)
    if digits.count > count { round(toFractionDigits: -exponent - 1) }
  }

  mutating func trimTrailingZeros() {
    if digits.isEmpty { exponent = 0 }
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
  }

  private mutating func increment() {
    var place = digits.count - 1
    while place >= 0, digits[place] == 9 {
      digits[place] = 0
      place -= 1
    }
    if place >= 0 { digits[place] += 1 } else { digits.insert(1, at: 0) }
  }

  /// The digit at a power of ten; 0 outside the digits.
  func digit(at power: Int) -> UInt8 {
    let place = digits.count - 1 - (power - exponent)
    return digits.indices.contains(place) ? digits[place] : 0
  }
}
