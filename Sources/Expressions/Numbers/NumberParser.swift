/// Reads numbers as .NET does, with signs, separators and exponents where the style allows them.
///
/// Source: .NET `System.Globalization.NumberStyles`, `Number.TryParseNumber`.
struct NumberParser {
  struct Style: OptionSet {
    let rawValue: Int
    static let trailingSign = Style(rawValue: 1)
    static let decimalPoint = Style(rawValue: 2)
    static let exponent = Style(rawValue: 4)
  }

  private let units: [Unicode.Scalar]
  private let style: Style
  private let symbols: NumberSymbols
  private var position = 0
  private var isNegative = false
  private var hasSign = false
  private var digits: [UInt8] = []
  private var exponent = 0

  private init(_ text: String, _ style: Style, _ symbols: NumberSymbols) {
    units = Array(text.unicodeScalars)
    self.style = style
    self.symbols = symbols
  }

  /// The number that the whole text spells, with white space at both ends, a leading sign and
  /// group separators; `nil` for other text.
  static func parse(_ text: String, _ style: Style, _ symbols: NumberSymbols) -> DecimalDigits? {
    var parser = NumberParser(text, style, symbols)
    return parser.parse()
  }

  private mutating func parse() -> DecimalDigits? {
    skipLeading()
    guard parseDigits() else { return nil }
    if style.contains(.exponent) { parseExponent() }
    skipTrailing()
    guard position == units.count else { return nil }
    return DecimalDigits(isNegative: isNegative, digits: digits, exponent: exponent)
  }

  /// White space may not follow a sign.
  private mutating func skipLeading() {
    while position < units.count {
      if isWhite(units[position]), !hasSign {
        position += 1
      } else if !hasSign, takeSign() {
        hasSign = true
      } else {
        return
      }
    }
  }

  private mutating func parseDigits() -> Bool {
    var sawDigit = false
    var sawPoint = false
    while position < units.count {
      if let digit = digit(units[position]) {
        sawDigit = true
        digits.append(digit)
        if sawPoint { exponent -= 1 }
        position += 1
      } else if style.contains(.decimalPoint), !sawPoint, take(symbols.decimalSeparator) {
        sawPoint = true
      } else if sawDigit, !sawPoint, take(symbols.groupSeparator) {
        continue
      } else {
        break
      }
    }
    return sawDigit
  }

  private mutating func parseExponent() {
    let start = position
    guard position < units.count, units[position] == "e" || units[position] == "E" else { return }
    position += 1
    var isDownward = false
    if take(symbols.negativeSign) || take("-") { isDownward = true } else { _ = take("+") }
    guard position < units.count, digit(units[position]) != nil else {
      position = start
      return
    }
    var value = 0
    while position < units.count, let digit = digit(units[position]) {
      value = min(value * 10 + Int(digit), 99_999)
      position += 1
    }
    exponent += isDownward ? -value : value
  }

  private mutating func skipTrailing() {
    while position < units.count {
      if isWhite(units[position]) {
        position += 1
      } else if style.contains(.trailingSign), !hasSign, takeSign() {
        hasSign = true
      } else {
        return
      }
    }
  }

  private mutating func takeSign() -> Bool {
    if take("+") { return true }
    guard take(symbols.negativeSign) || take("-") else { return false }
    isNegative = true
    return true
  }

  /// A plain space also matches the no-break spaces that some cultures group with.
  private mutating func take(_ symbol: String) -> Bool {
    let wanted = symbol.unicodeScalars
    guard !wanted.isEmpty, units.count - position >= wanted.count else { return false }
    let matches = zip(units[position...], wanted).allSatisfy { unit, symbol in
      unit == symbol || (unit == " " && (symbol.value == 0xA0 || symbol.value == 0x202F))
    }
    if matches { position += wanted.count }
    return matches
  }

  private func digit(_ unit: Unicode.Scalar) -> UInt8? {
    (0x30...0x39).contains(unit.value) ? UInt8(unit.value - 0x30) : nil
  }

  private func isWhite(_ unit: Unicode.Scalar) -> Bool {
    unit.value == 0x20 || (0x09...0x0D).contains(unit.value)
  }
}
