import Diagnostics
import OrderedJSON

/// Numbers written by the format strings of .NET.
///
/// Source: .NET standard and custom numeric format strings; workflow language reference, section
/// c.1.
enum NumberFormat {
  /// The text of a number.
  ///
  /// Throws E0301 for an invalid format.
  static func text(
    of number: JSON,
    _ format: String,
    _ symbols: NumberSymbols
  ) throws(ExpressionError) -> String {
    if let value = number.doubleValue, !value.isFinite {
      if value.isNaN { return "NaN" }
      return (value < 0 ? symbols.negativeSign : "") + symbols.infinity
    }
    guard let standard = StandardNumberFormat(format) else {
      return CustomNumberFormat(format).text(of: digits(custom: number), symbols)
    }
    guard let text = standard.text(of: number, symbols) else {
      throw .invalid(
        "'formatNumber' has no format '\(MediaType.shown(format))' for "
          + "\(KindSet(of: number).text)",
        hint: "use C, D, E, F, G, N, P, R or X with a precision, or a pattern such as '#,##0.00'"
      )
    }
    return text
  }

  /// Custom patterns see 15 digits of a double.
  private static func digits(custom number: JSON) -> DecimalDigits {
    switch number {
    case .integer(let value): DecimalDigits(value)
    case .decimal(let value): DecimalDigits(value)
    default: DecimalDigits(number.doubleValue ?? 0, significantDigits: 15)
    }
  }
}
