import Foundation

/// How a culture names and writes dates.
///
/// All cultures count by the Gregorian calendar, also those that officially use another one.
///
/// Source: Unicode CLDR by way of Foundation; .NET `DateTimeFormatInfo`.
package struct Culture: Sendable {
  /// The name as Foundation spells it; empty for the invariant culture.
  package let identifier: String
  /// January first.
  package var monthNames: [String]
  /// As they stand beside a day.
  package var monthGenitiveNames: [String]
  package var shortMonthNames: [String]
  /// As they stand beside a day.
  package var shortMonthGenitiveNames: [String]
  /// Sunday first.
  package var dayNames: [String]
  package var shortDayNames: [String]
  package var am = "AM"
  package var pm = "PM"
  package var era = "A.D."
  package var dateSeparator = "/"
  package var timeSeparator = ":"
  /// Patterns in the language of .NET.
  package var shortDate = "M/d/yyyy"
  package var longDate = "dddd, MMMM d, yyyy"
  package var shortTime = "h:mm tt"
  package var longTime = "h:mm:ss tt"
  package var monthDay = "MMMM d"
  package var yearMonth = "MMMM yyyy"

  package static let american = Culture(identifier: "en_US")

  package static let invariant: Culture = {
    var culture = Culture(identifier: "")
    culture.shortDate = "MM/dd/yyyy"
    culture.longDate = "dddd, dd MMMM yyyy"
    culture.shortTime = "HH:mm"
    culture.longTime = "HH:mm:ss"
    culture.monthDay = "MMMM dd"
    culture.yearMonth = "yyyy MMMM"
    return culture
  }()

  /// A culture by its BCP 47 name, ignoring case; an empty name is the invariant culture.
  ///
  /// `nil` when the name is malformed or its language unknown.
  package init?(named name: String) {
    switch name.lowercased() {
    case "": self = .invariant
    case "en-us": self = .american
    default:
      guard let identifier = Self.identifier(of: name) else { return nil }
      self.init(identifier: identifier)
      take(Locale(identifier: identifier + "@calendar=gregorian"))
    }
  }

  private init(identifier: String) {
    self.identifier = identifier
    monthNames = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    monthGenitiveNames = monthNames
    shortMonthNames = monthNames.map { String($0.prefix(3)) }
    shortMonthGenitiveNames = shortMonthNames
    dayNames = [
      "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
    shortDayNames = dayNames.map { String($0.prefix(3)) }
  }

  private mutating func take(_ locale: Locale) {
    let formatter = DateFormatter()
    formatter.locale = locale
    formatter.calendar = Calendar(identifier: .gregorian)
    monthNames = formatter.standaloneMonthSymbols
    monthGenitiveNames = formatter.monthSymbols
    shortMonthNames = formatter.shortStandaloneMonthSymbols
    shortMonthGenitiveNames = formatter.shortMonthSymbols
    dayNames = formatter.standaloneWeekdaySymbols
    shortDayNames = formatter.shortStandaloneWeekdaySymbols
    am = formatter.amSymbol
    pm = formatter.pmSymbol
    era = formatter.eraSymbols.last ?? era
    takePatterns(formatter, locale)
  }

  private mutating func takePatterns(_ formatter: DateFormatter, _ locale: Locale) {
    func pattern(_ date: DateFormatter.Style, _ time: DateFormatter.Style) -> String {
      formatter.dateStyle = date
      formatter.timeStyle = time
      return CulturePattern.pattern(unicode: formatter.dateFormat)
    }
    func pattern(_ skeleton: String) -> String {
      let found = DateFormatter.dateFormat(fromTemplate: skeleton, options: 0, locale: locale)
      return CulturePattern.pattern(unicode: found ?? skeleton)
    }
    shortDate = CulturePattern.withLongYear(pattern(.short, .none))
    longDate = pattern(.full, .none)
    shortTime = pattern(.none, .short)
    longTime = pattern(.none, .medium)
    monthDay = pattern("MMMMd")
    yearMonth = pattern("yMMMM")
    dateSeparator = CulturePattern.separator(in: shortDate) ?? dateSeparator
    timeSeparator = CulturePattern.separator(in: shortTime) ?? timeSeparator
  }

  /// `fr-fr` becomes `fr_FR`; Foundation accepts any name, so the language is looked up.
  private static func identifier(of name: String) -> String? {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard let language = parts.first?.lowercased(), languages.contains(language),
      parts.allSatisfy({
        !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      })
    else { return nil }
    let rest = parts.dropFirst().map { $0.count == 4 ? $0.capitalized : $0.uppercased() }
    return ([language] + rest).joined(separator: "_")
  }

  private static let languages = Set(
    Locale.availableIdentifiers.map { $0.prefix { $0 != "_" && $0 != "-" }.lowercased() }
  )
}
