/// Dates in HTTP headers: `Fri, 20 Nov 2026 21:15:00 GMT`.
///
/// Source: RFC 9110 section 5.6.7 (IMF-fixdate).
package enum HTTPDate {
  package static func text(_ timestamp: Timestamp) -> String {
    let civil = CivilTime(timestamp)
    let days = CivilTime.daysSince1970(year: civil.year, month: civil.month, day: civil.day)
    let weekday = weekdays[((days + 4) % 7 + 7) % 7]
    let time = [civil.hour, civil.minute, civil.second].map { padded($0, 2) }.joined(separator: ":")
    let date = "\(padded(civil.day, 2)) \(months[civil.month - 1]) \(padded(civil.year, 4))"
    return "\(weekday), \(date) \(time) GMT"
  }

  /// Reads an IMF-fixdate without checking its weekday; `nil` for other text.
  package static func timestamp(_ text: String) -> Timestamp? {
    let parts = text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == ":" })
    guard parts.count == 8, parts[7] == "GMT",
      let month = months.firstIndex(of: String(parts[2])),
      let day = Int(parts[1]), let year = Int(parts[3]), let hour = Int(parts[4]),
      let minute = Int(parts[5]), let second = Int(parts[6]),
      (1...CivilTime.days(inMonth: month + 1, ofYear: year)).contains(day),
      (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second),
      (1...9999).contains(year)
    else { return nil }
    return CivilTime(
      year: year,
      month: month + 1,
      day: day,
      hour: hour,
      minute: minute,
      second: second
    ).timestampInUTC
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
