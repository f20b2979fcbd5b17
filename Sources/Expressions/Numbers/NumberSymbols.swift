import Diagnostics
import Foundation
import Timekeeping

/// How a culture writes numbers.
///
/// Source: Unicode CLDR by way of Foundation; .NET `NumberFormatInfo`.
struct NumberSymbols: Sendable {
  var decimalSeparator = "."
  var groupSeparator = ","
  var negativeSign = "-"
  var infinity = "∞"
  var currencySymbol = "$"
  /// How many digits stand in a group, from the point; the last size repeats.
  var groupSizes = [3]
  /// Where the number stands, with `n` for it and `$` for the currency symbol.
  var currencyPattern = "$n"
  var negativeCurrencyPattern = "-$n"
  /// Where the number stands, with `n` for it.
  var percentPattern = "n%"
  /// Digits after the point in C and N formats without a precision.
  var currencyDigits = 2

  static let american = NumberSymbols()

  static let invariant = NumberSymbols(
    infinity: "Infinity",
    currencySymbol: "¤",
    negativeCurrencyPattern: "($n)",
    percentPattern: "n %"
  )

  /// The symbols of a culture by its BCP 47 name; an empty name is the invariant culture.
  ///
  /// Throws E0303 for an unknown name.
  static func named(_ name: String) throws(ExpressionError) -> NumberSymbols {
    switch name.lowercased() {
    case "": return .invariant
    case "en-us": return .american
    default:
      guard let culture = Culture(named: name) else { throw TimeArgument.unknownLocale(name) }
      return NumberSymbols(Locale(identifier: culture.identifier))
    }
  }

  private init(
    infinity: String = "∞",
    currencySymbol: String = "$",
    negativeCurrencyPattern: String = "-$n",
    percentPattern: String = "n%"
  ) {
    self.infinity = infinity
    self.currencySymbol = currencySymbol
    self.negativeCurrencyPattern = negativeCurrencyPattern
    self.percentPattern = percentPattern
  }

  private init(_ locale: Locale) {
    let decimal = NumberFormatter()
    decimal.locale = locale
    decimal.numberStyle = .decimal
    decimalSeparator = decimal.decimalSeparator
    groupSeparator = decimal.groupingSeparator
    negativeSign = decimal.minusSign
    groupSizes = Self.groupSizes(locale)
    takeCurrency(locale)
    takePercent(locale)
  }

  private mutating func takeCurrency(_ locale: Locale) {
    let formatter = NumberFormatter()
    formatter.locale = locale
    formatter.numberStyle = .currency
    currencySymbol = formatter.currencySymbol
    currencyDigits = (formatter.string(from: 1) ?? "").count(where: \.isNumber) - 1
    currencyPattern = Self.pattern(formatter.positiveFormat, symbol: "¤", mark: "$")
    negativeCurrencyPattern = "-" + currencyPattern
  }

  private mutating func takePercent(_ locale: Locale) {
    let formatter = NumberFormatter()
    formatter.locale = locale
    formatter.numberStyle = .percent
    percentPattern = Self.pattern(formatter.positiveFormat, symbol: "%", mark: "%")
  }

  /// The sizes of the groups of a long number, from the point.
  private static func groupSizes(_ locale: Locale) -> [Int] {
    let text = 1_234_567_890.formatted(IntegerFormatStyle<Int>(locale: locale))
    let groups = text.split(whereSeparator: { !$0.isNumber }).reversed().map(\.count)
    guard groups.count > 2 else { return [3] }
    return groups[1] == groups[0] ? [groups[0]] : [groups[0], groups[1]]
  }

  /// Reduces a pattern such as `#,##0.00 ¤` to `n $`.
  private static func pattern(_ format: String?, symbol: Character, mark: String) -> String {
    var text = ""
    for character in (format ?? "").prefix(while: { $0 != ";" }) {
      if character == symbol {
        text += mark
      } else if "#0,.".contains(character) {
        if !text.hasSuffix("n") { text += "n" }
      } else if character != "'" {
        text.append(character)
      }
    }
    return text.contains("n") ? text : "n" + text
  }
}
