import Foundation

/// The clocks of a time zone, with their changes.
///
/// Source: IANA time zone database by way of Foundation.
package struct ZoneRules: Hashable, Sendable {
  /// The IANA name.
  package let identifier: String
  private let zone: TimeZone

  /// A zone by its Windows name or its IANA name, ignoring case and punctuation.
  ///
  /// `nil` for an unknown name.
  package init?(named name: String) {
    guard let identifier = WindowsTimeZones.identifier(named: name) ?? Self.exact(name),
      let zone = TimeZone(identifier: identifier)
    else { return nil }
    self.identifier = identifier
    self.zone = zone
  }

  /// When clocks show a date and time of day.
  package enum Instants: Hashable, Sendable {
    case one(Timestamp)
    /// Clocks go back and show it again.
    case two(first: Timestamp, second: Timestamp)
    /// Clocks go forward past it; the instant at which they do.
    case skipped(change: Timestamp)
  }

  /// How far clocks are ahead of UTC at an instant.
  package func offset(at instant: Timestamp) -> Duration {
    .seconds(zone.secondsFromGMT(for: Self.date(instant)))
  }

  /// What clocks show at an instant.
  package func civil(at instant: Timestamp) -> CivilTime {
    CivilTime(instant + offset(at: instant))
  }

  /// When clocks show a date and time of day.
  package func instants(of civil: CivilTime) -> Instants {
    let local = civil.timestampInUTC
    let day = Duration.seconds(86_400)
    let offsets = [offset(at: local - day), offset(at: local + day)]
    let candidates = Set(offsets).map { local - $0 }.sorted()
    let valid = candidates.filter { $0 + offset(at: $0) == local }
    if let first = valid.first {
      return valid.count > 1 ? .two(first: first, second: valid[1]) : .one(first)
    }
    return .skipped(change: change(between: local - day - day, and: local + day + day))
  }

  private func change(between start: Timestamp, and end: Timestamp) -> Timestamp {
    var (low, high) = (start.ticks / Timestamp.ticksPerSecond, end.ticks / Timestamp.ticksPerSecond)
    let before = offset(at: start)
    while high - low > 1 {
      let middle = (low + high) / 2
      if offset(at: Timestamp(seconds: middle)) == before { low = middle } else { high = middle }
    }
    return Timestamp(seconds: high)
  }

  private static func date(_ instant: Timestamp) -> Date {
    let seconds = instant.ticks >= 0 ? instant.ticks : instant.ticks - Timestamp.ticksPerSecond + 1
    return Date(timeIntervalSince1970: Double(seconds / Timestamp.ticksPerSecond))
  }

  /// The database also knows older and newer spellings, which the list leaves out.
  private static func exact(_ name: String) -> String? {
    if let listed = known[name.lowercased()] { return listed }
    guard name.contains("/") else { return nil }
    return [name, name.capitalized].first { TimeZone(identifier: $0) != nil }
  }

  private static let known: [String: String] = {
    var names: [String: String] = [:]
    for name in TimeZone.knownTimeZoneIdentifiers { names[name.lowercased()] = name }
    return names
  }()
}
