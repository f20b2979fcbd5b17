/// Reads times as people and programs write them: ISO 8601, or the order and the names of a
/// culture.
///
/// A time with an offset becomes UTC; one without a zone stays without. Texts without a full date
/// are refused, because they would depend on the present day.
///
/// Source: .NET `DateTime.Parse`; workflow language reference, section c.6.
package struct DateParser {
  private let culture: Culture
  private var numbers: [DateWord.Number] = []
  private var month: Int?
  private var weekday: Int?
  private var clock: ClockReading?
  private var offset: Int?

  private init(_ culture: Culture) { self.culture = culture }

  /// `nil` when the text is no time.
  package static func parse(_ text: String, _ culture: Culture = .american) -> DateTime? {
    if let time = ISO8601Reader.parse(text) { return time }
    guard text.utf8.count <= 200, let words = DateWord.words(of: text) else { return nil }
    var parser = DateParser(culture)
    return parser.parse(words)
  }

  private mutating func parse(_ words: [DateWord]) -> DateTime? {
    var rest = words[...]
    while let word = rest.first {
      if let reading = ClockReading.take(from: &rest, culture) {
        guard clock == nil else { return nil }
        clock = reading
        offset = ClockReading.takeOffset(from: &rest)
        continue
      }
      rest.removeFirst()
      guard take(word) else { return nil }
    }
    return result
  }

  private mutating func take(_ word: DateWord) -> Bool {
    switch word {
    case .number(let number):
      numbers.append(number)
      return numbers.count <= 3
    case .symbol(let symbol): return "/-.,".unicodeScalars.contains(symbol)
    case .letters(let letters): return take(letters)
    }
  }

  private mutating func take(_ letters: String) -> Bool {
    let word = letters.lowercased()
    if isFiller(word) { return true }
    if let index = Self.index(of: word, in: culture.monthNames)
      ?? Self.index(of: word, in: culture.monthGenitiveNames)
      ?? Self.index(of: word, in: culture.shortMonthNames)
      ?? Self.index(of: word, in: culture.shortMonthGenitiveNames)
    {
      guard month == nil else { return false }
      month = index + 1
      return true
    }
    if let index = Self.index(of: word, in: culture.dayNames)
      ?? Self.index(of: word, in: culture.shortDayNames)
    {
      guard weekday == nil else { return false }
      weekday = index
      return true
    }
    switch word {
    case "z", "gmt", "utc":
      offset = 0
      return !numbers.isEmpty
    case "t": return !numbers.isEmpty && clock == nil
    default: return false
    }
  }

  /// Words that belong to the dates of the culture, such as 'de' or '年'.
  private func isFiller(_ word: String) -> Bool {
    let pattern = culture.longDate.lowercased()
    let isASCII = word.utf8.allSatisfy { $0 < 0x80 }
    return pattern.contains("'\(word)'") || (!isASCII && pattern.contains(word))
  }

  /// Short names are found with and without their final point.
  private static func index(of word: String, in names: [String]) -> Int? {
    names.firstIndex { name in
      let name = name.lowercased()
      return name == word || (name.hasSuffix(".") && name.dropLast() == word)
    }
  }

  private var result: DateTime? {
    guard var civil = date else { return nil }
    if let clock {
      (civil.hour, civil.minute) = (clock.hour, clock.minute)
      (civil.second, civil.tick) = (clock.second, clock.tick)
    }
    guard let time = DateTime(civil, kind: .unspecified) else { return nil }
    if let weekday, weekday != time.weekday { return nil }
    guard let offset else { return time }
    return DateTime(ticks: time.ticks - Int64(offset) * 600_000_000, kind: .utc)
  }

  private var date: CivilTime? {
    guard let month else { return numericDate }
    switch numbers.count {
    case 1 where numbers[0].isYear:
      return CivilTime(year: numbers[0].value, month: month, day: 1)
    case 2:
      let (day, year) = numbers[0].isYear ? (1, 0) : (0, 1)
      return CivilTime(year: numbers[year].year, month: month, day: numbers[day].value)
    default: return nil
    }
  }

  private var numericDate: CivilTime? {
    if numbers.count == 2, numbers[0].isYear {
      return CivilTime(year: numbers[0].value, month: numbers[1].value, day: 1)
    }
    if numbers.count == 2, numbers[1].isYear {
      return CivilTime(year: numbers[1].value, month: numbers[0].value, day: 1)
    }
    guard numbers.count == 3 else { return nil }
    let order = numbers[0].isYear ? "yMd" : Self.order(culture.shortDate)
    func number(_ letter: Character) -> DateWord.Number {
      numbers[
        order.firstIndex(of: letter).map { order.distance(from: order.startIndex, to: $0) } ?? 0
      ]
    }
    return CivilTime(year: number("y").year, month: number("M").value, day: number("d").value)
  }

  /// The letters y, M and d in the order of a pattern.
  private static func order(_ pattern: String) -> String {
    let letters = pattern.filter { "yMd".contains($0) }
    let order = letters.reduce(into: "") { if !$0.contains($1) { $0.append($1) } }
    return order.count == 3 ? order : "Mdy"
  }
}
