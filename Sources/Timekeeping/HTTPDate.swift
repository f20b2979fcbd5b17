/// Dates in HTTP headers: `Fri, 20 Nov 2026 21:15:00 GMT`.
///
/// Source: RFC 9110 section 5.6.7.
package enum HTTPDate {
  package static func text(_ timestamp: Timestamp) -> String {
    let civil = CivilTime(timestamp)
    let days = CivilTime.daysSince1970(year: civil.year, month: civil.month, day: civil.day)
    let weekday = weekdays[((days + 4) % 7 + 7) % 7]
    let time = [civil.hour, civil.minute, civil.second].map { padded($0, 2) }.joined(separator: ":")
    let date = "\(padded(civil.day, 2)) \(months[civil.month - 1]) \(padded(civil.year, 4))"
    return "\(weekday), \(date) \(time) GMT"
  }

  /// Reads any of the three forms that recipients must accept, without checking the weekday;
  /// `nil` for other text.
  package static func timestamp(_ text: String) -> Timestamp? {
    let words = text.split(whereSeparator: { " ,:-".contains($0) })
    switch words.count {
    case 8 where words[7] == "GMT":
      return timestamp(day: words[1], month: words[2], year: words[3], time: words[4..<7])
    case 7:
      return timestamp(day: words[2], month: words[1], year: words[6], time: words[3..<6])
    default: return nil
    }
  }

  private static func timestamp(
    day: Substring,
    month: Substring,
    year: Substring,
    time: ArraySlice<Substring>
  ) -> Timestamp? {
    let numbers = ([day, year] + time).compactMap { $0.allSatisfy(\.isNumber) ? Int($0) : nil }
    guard numbers.count == 5, let month = months.firstIndex(of: String(month)) else { return nil }
    let isShort = year.utf8.count == 2
    let year = isShort ? numbers[1] + (numbers[1] < 70 ? 2000 : 1900) : numbers[1]
    let isLeapSecond = numbers[4] == 60
    let civil = CivilTime(
      year: year,
      month: month + 1,
      day: numbers[0],
      hour: numbers[2],
      minute: numbers[3],
      second: isLeapSecond ? 59 : numbers[4]
    )
    guard let time = DateTime(civil, kind: .utc) else { return nil }
    return time.timestamp + .seconds(isLeapSecond ? 1 : 0)
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
