/// Reads times by one format string.
///
/// Source: .NET `DateTime.ParseExact`.
package struct ExactDateParser {
  private let culture: Culture
  private var rest: Substring.UnicodeScalarView
  private var civil = CivilTime(year: 1, month: 1, day: 1)
  private var isAfternoon: Bool?
  private var weekday: Int?
  /// Minutes east of UTC.
  private var offset: Int?

  private init(_ text: String, _ culture: Culture) {
    self.culture = culture
    rest = text.unicodeScalars[...]
  }

  /// `nil` when the text does not match the format, or the format is not valid.
  package static func parse(_ text: String, format: String, _ culture: Culture) -> DateTime? {
    guard let pattern = DateFormat.pattern(format, culture) else { return nil }
    var parser = ExactDateParser(text, culture)
    guard parser.match(pattern), parser.rest.isEmpty else { return nil }
    if "uUrR".contains(format) { parser.offset = 0 }
    return parser.result
  }

  private mutating func match(_ pattern: String) -> Bool {
    var pieces = Array(pattern.unicodeScalars)[...]
    while !pieces.isEmpty {
      switch DatePatternToken.take(from: &pieces) {
      case .literal(let text): guard take(text) else { return false }
      case .field(let letter, let count): guard match(letter, count) else { return false }
      case nil: return false
      }
    }
    return true
  }

  private mutating func match(_ letter: Unicode.Scalar, _ count: Int) -> Bool {
    switch letter {
    case "d": day(count)
    case "M": month(count)
    case "y": year(count)
    case "h", "H": store(number(count), \.hour)
    case "m": store(number(count), \.minute)
    case "s": store(number(count), \.second)
    case "f", "F": fraction(count, isFixed: letter == "f")
    case "t": designator(count)
    case "z": zone(count)
    case "K": rest.isEmpty || takeZulu() || zone(3)
    case ":": take(culture.timeSeparator)
    case "/": take(culture.dateSeparator)
    case "g": take(culture.era)
    default: false
    }
  }

  private mutating func day(_ count: Int) -> Bool {
    guard count > 2 else { return store(number(count), \.day) }
    weekday = name(from: count == 3 ? culture.shortDayNames : culture.dayNames)
    return weekday != nil
  }

  private mutating func month(_ count: Int) -> Bool {
    guard count > 2 else { return store(number(count), \.month) }
    let index =
      count == 3
      ? name(from: culture.shortMonthNames) ?? name(from: culture.shortMonthGenitiveNames)
      : name(from: culture.monthGenitiveNames) ?? name(from: culture.monthNames)
    return store(index.map { $0 + 1 }, \.month)
  }

  private mutating func year(_ count: Int) -> Bool {
    guard count <= 2 else {
      return store(digits(count...max(4, count)).flatMap { Int($0) }, \.year)
    }
    return store(number(count).map { $0 < 50 ? 2000 + $0 : 1900 + $0 }, \.year)
  }

  private mutating func fraction(_ count: Int, isFixed: Bool) -> Bool {
    guard count <= 7, let digits = digits(isFixed ? count...count : 0...count) else { return false }
    civil.tick = ClockReading.ticks(digits)
    return true
  }

  private mutating func designator(_ count: Int) -> Bool {
    let names = [culture.am, culture.pm].map { count == 1 ? String($0.prefix(1)) : $0 }
    isAfternoon = name(from: names).map { $0 == 1 }
    return isAfternoon != nil
  }

  private mutating func takeZulu() -> Bool {
    guard take("Z") else { return false }
    offset = 0
    return true
  }

  private mutating func zone(_ count: Int) -> Bool {
    let isWest = take("-")
    guard isWest || take("+"), let hours = digits(1...2).flatMap({ Int($0) }) else { return false }
    var minutes = 0
    if count > 2 {
      guard take(":"), let more = digits(2...2).flatMap({ Int($0) }) else { return false }
      minutes = more
    }
    offset = (hours * 60 + minutes) * (isWest ? -1 : 1)
    return hours <= 14
  }

  // MARK: Pieces

  /// One letter reads one or two digits, two letters exactly two.
  private mutating func number(_ count: Int) -> Int? {
    digits(count == 1 ? 1...2 : 2...2).flatMap { Int($0) }
  }

  private mutating func digits(_ counts: ClosedRange<Int>) -> String? {
    let digits = rest.prefix(counts.upperBound).prefix(while: DateWord.isDigit)
    guard digits.count >= counts.lowerBound else { return nil }
    rest = rest.dropFirst(digits.count)
    return String(digits)
  }

  private mutating func name(from names: [String]) -> Int? {
    let text = String(rest).lowercased()
    let hits = names.indices.filter { !names[$0].isEmpty && text.hasPrefix(names[$0].lowercased()) }
    guard let index = hits.max(by: { names[$0].count < names[$1].count }) else { return nil }
    rest = rest.dropFirst(names[index].unicodeScalars.count)
    return index
  }

  private mutating func take(_ text: String) -> Bool {
    guard rest.starts(with: text.unicodeScalars) else { return false }
    rest = rest.dropFirst(text.unicodeScalars.count)
    return true
  }

  private mutating func store(_ value: Int?, _ field: WritableKeyPath<CivilTime, Int>) -> Bool {
    guard let value else { return false }
    civil[keyPath: field] = value
    return true
  }

  private var result: DateTime? {
    var civil = civil
    if let isAfternoon {
      guard civil.hour <= 12 else { return nil }
      civil.hour = civil.hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard let time = DateTime(civil, kind: .unspecified) else { return nil }
    if let weekday, weekday != time.weekday { return nil }
    guard let offset else { return time }
    return DateTime(ticks: time.ticks - Int64(offset) * 600_000_000, kind: .utc)
  }
}
