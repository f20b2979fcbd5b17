/// Dates in HTTP headers: `Fri, 20 Nov 2026 21:15:00 GMT`.
///
/// Source: RFC 9110 section 5.6.7.
package enum HTTPDate {
  package static func text(_ timestamp: Timestamp) -> String {
    let civil = CivilTime(timestamp)
    let days = CivilTime.daysSince1970(year: civil.year, month: civil.month, day: civil.day)
    let weekday = weekdays[((days + 4) % 7 + 7) % 7]
    let month = months[civil.month - 1]
    var text = Array("\(weekday), 00 \(month) 0000 00:00:00 GMT".utf8)
    put(civil.day, at: 5..<7, of: &text)
    put(civil.year, at: 12..<16, of: &text)
    put(civil.hour, at: 17..<19, of: &text)
    put(civil.minute, at: 20..<22, of: &text)
    put(civil.second, at: 23..<25, of: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private static func put(_ value: Int, at places: Range<Int>, of text: inout [UInt8]) {
    var rest = value
    for place in places.reversed() {
      text[place] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
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
}
