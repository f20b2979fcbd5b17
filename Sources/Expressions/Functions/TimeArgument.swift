import Diagnostics
import OrderedJSON
import Timekeeping

/// What the functions over time share: reading times, writing them by a format, and errors.
///
/// Source: workflow language reference, section c.6.
enum TimeArgument {
  /// Throws E0303 when the text is no time.
  static func parse(
    _ text: String,
    _ name: String,
    _ culture: Culture = .american
  ) throws(ExpressionError) -> DateTime {
    guard let time = DateParser.parse(text, culture) else { throw unreadable(text, name) }
    return time
  }

  /// The text of a time in a format, by default `o`.
  ///
  /// Throws E0303 when the time lies outside the years 1 to 9999 or the format is not valid.
  static func text(
    _ time: DateTime?,
    _ format: String?,
    _ culture: Culture = .american
  ) throws(ExpressionError) -> JSON {
    guard let time else {
      throw ExpressionError(.invalidTime, "the resulting time is outside the years 1 to 9999")
    }
    guard let text = DateFormat.text(of: time, format ?? "o", culture) else {
      throw ExpressionError(
        .invalidTime,
        "'\(MediaType.shown(format ?? ""))' is not a valid format for times",
        hint: "use a .NET format such as 'yyyy-MM-dd' or a standard one such as 'o'"
      )
    }
    return .string(text)
  }

  /// Throws E0303 for an unknown locale.
  static func culture(_ name: String?) throws(ExpressionError) -> Culture {
    guard let name else { return .american }
    guard let culture = Culture(named: name) else { throw unknownLocale(name) }
    return culture
  }

  static func unknownLocale(_ name: String) -> ExpressionError {
    ExpressionError(
      .invalidTime,
      "'\(MediaType.shown(name))' is not a known locale",
      hint: "use a BCP 47 name such as 'en-US' or 'de-DE'"
    )
  }

  private static func unreadable(_ text: String, _ name: String) -> ExpressionError {
    ExpressionError(
      .invalidTime,
      "'\(name)' is not a time: \(Quotation.text(text))",
      hint: "write times like 2026-11-20T21:15:00Z"
    )
  }
}
