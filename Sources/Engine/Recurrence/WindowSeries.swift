package import Definitions
package import Timekeeping

/// Windows of time that follow each other without gaps.
///
/// Source: workflow language reference, section e.2.
package struct WindowSeries: Sendable {
  package struct Window: Hashable, Sendable {
    package var start: Timestamp
    package var end: Timestamp

    package init(start: Timestamp, end: Timestamp) {
      self.start = start
      self.end = end
    }
  }

  /// Where windows begin and end.
  private let bounds: RecurrenceSeries

  /// `enabled` is where the first window begins when the recurrence has no start time.
  ///
  /// `nil` for an unknown time zone.
  package init?(_ recurrence: Recurrence, enabled: Timestamp) {
    var recurrence = recurrence
    recurrence.schedule = nil
    // So many windows have one bound more.
    recurrence.count = recurrence.count.map { $0 > 0 && $0 < .max ? $0 + 1 : $0 }
    guard let bounds = RecurrenceSeries(recurrence, enabled: enabled) else { return nil }
    self.bounds = bounds
  }

  /// The windows that end after `end`, which is the end of one or `nil` for the first; at most
  /// `limit`.
  package func windows(after end: Timestamp?, limit: Int) -> [Window] {
    let first = end.map { $0 - Duration(ticks: 1) } ?? .distantPast
    let found = bounds.occurrences(after: first, limit: limit + 1)
    return zip(found, found.dropFirst()).map { Window(start: $0, end: $1) }
  }

  /// The windows that end in a stretch of time, both ends included; at most `limit`.
  package func windows(from start: Timestamp, through end: Timestamp, limit: Int) -> [Window] {
    let first = start - bounds.longestGap - Duration(ticks: 1)
    let found = bounds.occurrences(after: first, through: end)
    let windows = zip(found, found.dropFirst()).lazy.filter { $0.1 >= start }
    return windows.prefix(limit).map { Window(start: $0, end: $1) }
  }
}
