/// Follows one custom pattern.
struct DateFormatWriter {
  private let time: DateTime
  private let civil: CivilTime
  private let culture: Culture
  private var result = ""

  init(_ time: DateTime, _ culture: Culture) {
    self.time = time
    self.culture = culture
    civil = time.civil
  }

  /// `nil` when the pattern is not valid.
  func text(_ pattern: String) -> String? {
    var writer = self
    return writer.write(pattern) ? writer.result : nil
  }

  private mutating func write(_ pattern: String) -> Bool {
    let namesDay = DatePatternToken.namesDay(pattern)
    var rest = Array(pattern.unicodeScalars)[...]
    while !rest.isEmpty {
      switch DatePatternToken.take(from: &rest) {
      case .literal(let text): result += text
      case .field(let letter, let count):
        guard write(letter, count, namesDay) else { return false }
      case nil: return false
      }
    }
    return true
  }

  private mutating func write(_ letter: Unicode.Scalar, _ count: Int, _ namesDay: Bool) -> Bool {
    switch letter {
    case "d": day(count)
    case "M": month(count, namesDay)
    case "y": count <= 2 ? number(civil.year % 100, count) : number(civil.year, count)
    case "h": number((civil.hour + 11) % 12 + 1, min(count, 2))
    case "H": number(civil.hour, min(count, 2))
    case "m": number(civil.minute, min(count, 2))
    case "s": number(civil.second, min(count, 2))
    case "f", "F": return fraction(count, isFixed: letter == "f")
    case "t": designator(count)
    case "z": result += ["+0", "+00", "+00:00"][min(count, 3) - 1]
    case "K": result += time.kind == .utc ? String(repeating: "Z", count: count) : ""
    case "g": result += culture.era
    case ":": result += String(repeating: culture.timeSeparator, count: count)
    case "/": result += String(repeating: culture.dateSeparator, count: count)
    default: result += String(repeating: String(letter), count: count)
    }
    return true
  }

  private mutating func day(_ count: Int) {
    switch count {
    case 1, 2: number(civil.day, count)
    case 3: result += culture.shortDayNames[time.weekday]
    default: result += culture.dayNames[time.weekday]
    }
  }

  private mutating func month(_ count: Int, _ namesDay: Bool) {
    switch count {
    case 1, 2: number(civil.month, count)
    case 3:
      let names = namesDay ? culture.shortMonthGenitiveNames : culture.shortMonthNames
      result += names[civil.month - 1]
    default:
      let names = namesDay ? culture.monthGenitiveNames : culture.monthNames
      result += names[civil.month - 1]
    }
  }

  private mutating func designator(_ count: Int) {
    let name = civil.hour < 12 ? culture.am : culture.pm
    result += count == 1 ? String(name.prefix(1)) : name
  }

  /// A fraction without digits takes the point before it along.
  private mutating func fraction(_ count: Int, isFixed: Bool) -> Bool {
    guard count <= 7 else { return false }
    let ticks = String(civil.tick)
    var digits = (String(repeating: "0", count: 7 - ticks.count) + ticks).prefix(count)
    if !isFixed {
      while digits.last == "0" { digits.removeLast() }
      if digits.isEmpty, result.hasSuffix(".") { result.removeLast() }
    }
    result += digits
    return true
  }

  private mutating func number(_ value: Int, _ width: Int) {
    let digits = String(value)
    result += String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
