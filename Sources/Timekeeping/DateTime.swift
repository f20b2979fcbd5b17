/// A date and time of day that may or may not be known to be in UTC.
///
/// Source: .NET `System.DateTime`; workflow language reference, section c.6.
package struct DateTime: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A clock somewhere; prints without a zone.
    case unspecified
    case utc
  }

  /// Units of 100 ns since 0001-01-01T00:00:00, at most those of 9999-12-31.
  package private(set) var ticks: Int64
  package var kind: Kind

  package static let largestTicks: Int64 = 3_155_378_975_999_999_999
  private static let ticksAt1970: Int64 = 621_355_968_000_000_000

  /// `nil` outside the years 1 to 9999.
  package init?(ticks: Int64, kind: Kind) {
    guard (0...Self.largestTicks).contains(ticks) else { return nil }
    self.ticks = ticks
    self.kind = kind
  }

  /// `nil` when a field is out of its range.
  package init?(_ civil: CivilTime, kind: Kind) {
    guard (1...9999).contains(civil.year), (1...12).contains(civil.month),
      (1...CivilTime.days(inMonth: civil.month, ofYear: civil.year)).contains(civil.day),
      (0..<24).contains(civil.hour), (0..<60).contains(civil.minute),
      (0..<60).contains(civil.second), (0..<10_000_000).contains(civil.tick)
    else { return nil }
    self.init(ticks: civil.timestampInUTC.ticks + Self.ticksAt1970, kind: kind)
  }

  /// The instant as UTC clocks show it; instants beyond the years 1 to 9999 are moved to their
  /// limits.
  package init(_ timestamp: Timestamp) {
    let (ticks, overflow) = timestamp.ticks.addingReportingOverflow(Self.ticksAt1970)
    self.ticks = overflow ? Self.largestTicks : min(max(ticks, 0), Self.largestTicks)
    kind = .utc
  }

  /// The instant at which UTC clocks show this.
  package var timestamp: Timestamp { Timestamp(ticks: ticks - Self.ticksAt1970) }

  package var civil: CivilTime { CivilTime(timestamp) }

  /// 0 for Sunday to 6 for Saturday.
  package var weekday: Int { Int((ticks / 864_000_000_000 + 1) % 7) }

  /// 1 for the first of January.
  package var dayOfYear: Int {
    let civil = civil
    return CivilTime.daysSince1970(year: civil.year, month: civil.month, day: civil.day)
      - CivilTime.daysSince1970(year: civil.year, month: 1, day: 1) + 1
  }

  /// The time some units of 100 ns later; `nil` outside the years 1 to 9999.
  package func adding(ticks count: Int64) -> DateTime? {
    let (sum, overflow) = ticks.addingReportingOverflow(count)
    return overflow ? nil : DateTime(ticks: sum, kind: kind)
  }

  /// The time some months later, on the last day of a month that is too short; `nil` outside the
  /// years 1 to 9999.
  package func adding(months count: Int) -> DateTime? {
    guard (-200_000...200_000).contains(count) else { return nil }
    var civil = civil
    let months = civil.year * 12 + civil.month - 1 + count
    guard (12..<120_000).contains(months) else { return nil }
    (civil.year, civil.month) = (months / 12, months % 12 + 1)
    civil.day = min(civil.day, CivilTime.days(inMonth: civil.month, ofYear: civil.year))
    return DateTime(civil, kind: kind)
  }
}
