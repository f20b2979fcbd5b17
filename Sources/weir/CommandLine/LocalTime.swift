import Timekeeping

/// Times as schedules are shown: to the second, with the offset of their zone.
enum LocalTime {
  /// For example `2026-03-29T03:30:00+02:00`.
  static func text(_ time: Timestamp, _ zone: ZoneRules) -> String {
    let offset = zone.offset(at: time)
    let minutes = Int(offset.components.seconds / 60)
    let sign = minutes < 0 ? "-" : "+"
    let hours = [minutes.magnitude / 60, minutes.magnitude % 60].map { number in
      number < 10 ? "0\(number)" : "\(number)"
    }
    return seconds(time + offset) + sign + hours.joined(separator: ":")
  }

  /// For example `2026-03-29T01:30:00Z`.
  static func utc(_ time: Timestamp) -> String { seconds(time) + "Z" }

  /// The fraction is left out when there is none.
  private static func seconds(_ time: Timestamp) -> String {
    let text = time.description.dropLast()
    return String(text.hasSuffix(".0000000") ? text.dropLast(8) : text)
  }
}
