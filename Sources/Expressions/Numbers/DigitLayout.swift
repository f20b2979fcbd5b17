/// Digits arranged with separators.
enum DigitLayout {
  /// The digits with so many places after the point, without a sign.
  static func text(
    _ number: DecimalDigits,
    _ fractionDigits: Int,
    _ symbols: NumberSymbols,
    isGrouped: Bool
  ) -> String {
    let whole = max(0, number.isZero ? 0 : number.magnitude)
    let digits = stride(from: whole, through: 0, by: -1).map { character(number.digit(at: $0)) }
    let text = isGrouped ? grouped(digits, symbols) : String(digits)
    guard fractionDigits > 0 else { return text }
    let fraction = (1...fractionDigits).map { character(number.digit(at: -$0)) }
    return text + symbols.decimalSeparator + String(fraction)
  }

  /// The digits with one place before the point and an exponent, without a sign.
  static func scientific(
    _ number: DecimalDigits,
    _ fractionDigits: Int,
    _ marker: String,
    _ exponentDigits: Int,
    _ symbols: NumberSymbols
  ) -> String {
    let exponent = number.isZero ? 0 : number.magnitude
    var mantissa = number
    mantissa.exponent -= exponent
    let digits = String(exponent.magnitude)
    let zeros = String(repeating: "0", count: max(0, exponentDigits - digits.count))
    return text(mantissa, fractionDigits, symbols, isGrouped: false) + marker
      + (exponent < 0 ? symbols.negativeSign : "+") + zeros + digits
  }

  /// Separators between groups, counted from the end.
  static func grouped(_ digits: [Character], _ symbols: NumberSymbols) -> String {
    var sizes = symbols.groupSizes[...]
    var groups: [String] = []
    var rest = digits[...]
    while let size = sizes.first, size > 0, rest.count > size {
      groups.insert(String(rest.suffix(size)), at: 0)
      rest.removeLast(size)
      if sizes.count > 1 { sizes.removeFirst() }
    }
    groups.insert(String(rest), at: 0)
    return groups.joined(separator: symbols.groupSeparator)
  }

  static func character(_ digit: UInt8) -> Character {
    Character(Unicode.Scalar(UInt8(ascii: "0") + digit))
  }
}
