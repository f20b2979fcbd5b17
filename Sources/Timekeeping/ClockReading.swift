/// A time of day found inside a text.
struct ClockReading {
  var hour: Int
  var minute = 0
  var second = 0
  /// Units of 100 ns.
  var tick = 0

  /// Takes `h:mm`, `h:mm:ss`, `h:mm:ss.fff` or `h`, the last only with AM or PM; `nil` when none
  /// of them stands here.
  static func take(from words: inout ArraySlice<DateWord>, _ culture: Culture) -> ClockReading? {
    var rest = words
    guard case .number(let hour) = rest.popFirst() else { return nil }
    var reading = ClockReading(hour: hour.value)
    let hasMinutes = reading.takeMinutes(from: &rest)
    let hasDesignator = reading.takeDesignator(from: &rest, culture)
    guard hasMinutes || hasDesignator else { return nil }
    words = rest
    return reading
  }

  private mutating func takeMinutes(from rest: inout ArraySlice<DateWord>) -> Bool {
    guard let minutes = Self.number(after: ":", &rest) else { return false }
    minute = minutes.value
    if let seconds = Self.number(after: ":", &rest) {
      second = seconds.value
      if let fraction = Self.number(after: ".", &rest) {
        tick = Self.ticks(fraction.digits)
      }
    }
    return true
  }

  private mutating func takeDesignator(
    from rest: inout ArraySlice<DateWord>,
    _ culture: Culture
  ) -> Bool {
    guard case .letters(let word) = rest.first else { return false }
    let lowered = word.lowercased()
    let isAM = lowered == culture.am.lowercased() || lowered == "am"
    guard isAM || lowered == culture.pm.lowercased() || lowered == "pm" else { return false }
    rest.removeFirst()
    hour = (1...12).contains(hour) ? hour % 12 + (isAM ? 0 : 12) : 99
    return true
  }

  /// Takes an offset such as `+02:00` or `Z`, in minutes east of UTC.
  static func takeOffset(from words: inout ArraySlice<DateWord>) -> Int? {
    if case .letters(let word) = words.first, ["z", "gmt", "utc"].contains(word.lowercased()) {
      words.removeFirst()
      return 0
    }
    var rest = words
    guard case .symbol(let sign) = rest.popFirst(), sign == "+" || sign == "-",
      case .number(let hours) = rest.popFirst()
    else { return nil }
    var minutes =
      hours.digits.utf8.count > 2
      ? hours.value / 100 * 60 + hours.value % 100
      : hours.value * 60
    if hours.digits.utf8.count <= 2, let more = number(after: ":", &rest) { minutes += more.value }
    guard minutes <= 14 * 60 else { return nil }
    words = rest
    return sign == "-" ? -minutes : minutes
  }

  private static func number(
    after symbol: Unicode.Scalar,
    _ rest: inout ArraySlice<DateWord>
  ) -> DateWord.Number? {
    guard case .symbol(symbol) = rest.first, case .number(let number) = rest.dropFirst().first
    else { return nil }
    rest.removeFirst(2)
    return number
  }

  /// The first seven digits of a fraction of a second.
  static func ticks(_ digits: String) -> Int {
    let seven = digits.prefix(7)
    return (Int(seven) ?? 0) * [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 1][7 - seven.count]
  }
}
