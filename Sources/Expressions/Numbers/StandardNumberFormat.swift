import OrderedJSON

/// A format of one letter and a precision, such as `N2`.
///
/// Source: .NET standard numeric format strings.
struct StandardNumberFormat {
  private let letter: Character
  private let precision: Int?

  /// `nil` for a custom pattern.
  init?(_ format: String) {
    let first = format.first ?? "G"
    guard first.isASCII, first.isLetter else { return nil }
    let digits = format.dropFirst()
    guard digits.utf8.count <= 9, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    letter = first
    precision = digits.isEmpty ? nil : Int(digits)
  }

  /// `nil` when the letter does not fit the number, or the precision is absurd.
  func text(of number: JSON, _ symbols: NumberSymbols) -> String? {
    guard precision ?? 0 <= 1000 else { return nil }
    switch letter.uppercased() {
    case "C": return currency(number, symbols)
    case "D": return padded(number, symbols)
    case "E": return scientific(number, symbols)
    case "F": return fixed(number, precision ?? 2, symbols, isGrouped: false)
    case "G": return general(number, symbols)
    case "N": return fixed(number, precision ?? 2, symbols, isGrouped: true)
    case "P": return percent(number, symbols)
    case "R": return roundTrip(number, symbols)
    case "X": return hexadecimal(number)
    default: return nil
    }
  }

  /// The digits of a number, exact to so many places after the point.
  private func digits(_ number: JSON, fractionDigits: Int) -> DecimalDigits {
    var digits =
      switch number {
      case .integer(let value): DecimalDigits(value)
      case .decimal(let value): DecimalDigits(value)
      default: DecimalDigits(number.doubleValue ?? 0, fractionDigits: fractionDigits)
      }
    digits.round(toFractionDigits: fractionDigits)
    return digits
  }

  private func fixed(
    _ number: JSON,
    _ precision: Int,
    _ symbols: NumberSymbols,
    isGrouped: Bool
  ) -> String {
    let digits = digits(number, fractionDigits: precision)
    let text = DigitLayout.text(digits, precision, symbols, isGrouped: isGrouped)
    return (isNegative(digits, number) ? symbols.negativeSign : "") + text
  }

  /// Only floats have a negative zero.
  private func isNegative(_ digits: DecimalDigits, _ number: JSON) -> Bool {
    if case .double = number { digits.isNegative } else { digits.isNegative && !digits.isZero }
  }

  private func currency(_ number: JSON, _ symbols: NumberSymbols) -> String {
    let precision = precision ?? symbols.currencyDigits
    let digits = digits(number, fractionDigits: precision)
    let text = DigitLayout.text(digits, precision, symbols, isGrouped: true)
    let pattern =
      isNegative(digits, number) ? symbols.negativeCurrencyPattern : symbols.currencyPattern
    return pattern.map { character in
      switch character {
      case "n": text
      case "$": symbols.currencySymbol
      case "-": symbols.negativeSign
      default: String(character)
      }
    }.joined()
  }

  private func percent(_ number: JSON, _ symbols: NumberSymbols) -> String {
    let precision = precision ?? 2
    var digits = digits(number, fractionDigits: precision + 2)
    digits.exponent += 2
    let text = DigitLayout.text(digits, precision, symbols, isGrouped: true)
    let sign = isNegative(digits, number) ? symbols.negativeSign : ""
    return sign + symbols.percentPattern.map { $0 == "n" ? text : String($0) }.joined()
  }

  /// Integers only.
  private func padded(_ number: JSON, _ symbols: NumberSymbols) -> String? {
    guard case .integer(let value) = number else { return nil }
    let digits = String(value.magnitude)
    let zeros = String(repeating: "0", count: max(0, (precision ?? 0) - digits.count))
    return (value < 0 ? symbols.negativeSign : "") + zeros + digits
  }

  /// Integers only; negative ones in two's complement.
  private func hexadecimal(_ number: JSON) -> String? {
    guard case .integer(let value) = number else { return nil }
    let digits = String(UInt64(bitPattern: value), radix: 16, uppercase: letter == "X")
    return String(repeating: "0", count: max(0, (precision ?? 0) - digits.count)) + digits
  }

  private func scientific(_ number: JSON, _ symbols: NumberSymbols) -> String {
    let precision = precision ?? 6
    let digits = significant(number, precision + 1)
    return (isNegative(digits, number) ? symbols.negativeSign : "")
      + DigitLayout.scientific(digits, precision, String(letter), 3, symbols)
  }

  private func significant(_ number: JSON, _ count: Int) -> DecimalDigits {
    guard case .double(let value) = number else {
      var digits = self.digits(number, fractionDigits: ScaledDecimal.largestScale)
      digits.round(toSignificantDigits: count)
      return digits
    }
    return DecimalDigits(value, significantDigits: count)
  }

  private func general(_ number: JSON, _ symbols: NumberSymbols) -> String {
    guard let precision, precision > 0 else { return roundTrip(number, symbols) }
    var digits = significant(number, precision)
    digits.trimTrailingZeros()
    let sign = isNegative(digits, number) ? symbols.negativeSign : ""
    guard !digits.isZero, digits.magnitude >= precision || digits.magnitude < -4 else {
      return sign + DigitLayout.text(digits, max(0, -digits.exponent), symbols, isGrouped: false)
    }
    let marker = letter == "G" ? "E" : "e"
    return sign + DigitLayout.scientific(digits, digits.digits.count - 1, marker, 2, symbols)
  }

  private func roundTrip(_ number: JSON, _ symbols: NumberSymbols) -> String {
    let text = (try? StringConversion.text(of: number)) ?? ""
    return text.map { character in
      switch character {
      case ".": symbols.decimalSeparator
      case "-": symbols.negativeSign
      default: String(character)
      }
    }.joined()
  }
}
