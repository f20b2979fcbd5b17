package import Definitions
package import Timekeeping

/// The instants at which a recurrence fires: arithmetic on values, with no clock of its own.
///
/// Wall clock is kept in the zone of the recurrence: a time that clocks skip in spring fires an hour
/// later that day, one that they show twice in autumn fires at the first. Seconds, minutes and hours
/// count elapsed time.
///
/// Source: workflow language reference, section e.1.
package struct RecurrenceSeries: Sendable {
  private let calendar: RecurrenceCalendar
  /// Where the series begins.
  private let start: Timestamp
  private let end: Timestamp?
  /// How many fires there are, where they must be counted; elapsed time has an end instead.
  private let count: Int?
  /// Whether the start itself fires, whatever the calendar says.
  private let firesAtStart: Bool

  /// `enabled` is when the trigger was created, changed or enabled: a recurrence without start time
  /// counts from there, and fires there at once unless its minutes are fixed.
  ///
  /// `nil` for an unknown time zone.
  package init?(_ recurrence: Recurrence, enabled: Timestamp) {
    guard let zone = ZoneRules(named: recurrence.timeZone ?? "UTC") else { return nil }
    start = recurrence.startTime.map { RecurrenceCalendar.instant($0, in: zone) } ?? enabled
    firesAtStart =
      recurrence.schedule == nil
      || recurrence.startTime == nil && recurrence.schedule?.minutes.isEmpty != false
    calendar = RecurrenceCalendar(recurrence: recurrence, zone: zone, start: start)
    let end = recurrence.endTime.map { RecurrenceCalendar.instant($0, in: zone) }
    if let count = recurrence.count, let step = calendar.step {
      self.end = min(end ?? .distantFuture, Self.instant(count - 1, step, from: start))
      self.count = count > 0 ? nil : 0
    } else {
      self.end = end
      count = recurrence.count
    }
  }

  /// The first instant after `time` at which it fires; `nil` when there is none any more.
  package func next(after time: Timestamp) -> Timestamp? {
    occurrences(after: time, limit: 1).first
  }

  /// The next instants after `time`, at most `limit`.
  package func occurrences(after time: Timestamp, limit: Int) -> [Timestamp] {
    var found: [Timestamp] = []
    walk(after: time) { instant in
      found.append(instant)
      return found.count < limit
    }
    return found
  }

  /// All instants after `start` and up to `end`, inclusive, at most `limit`.
  package func occurrences(after start: Timestamp, through end: Timestamp, limit: Int = .max)
    -> [Timestamp]
  {
    var found: [Timestamp] = []
    walk(after: start) { instant in
      guard instant <= end, found.count < limit else { return false }
      found.append(instant)
      return true
    }
    return found
  }

  /// How often it fires after `time` and before `end`; `nil` when it does not.
  ///
  /// Where the calendar must be walked, no more than `limit` are counted.
  package func span(after time: Timestamp, before end: Timestamp, limit: Int) -> FireSpan? {
    if let step = calendar.step { return elapsedSpan(step, after: time, before: end) }
    var span: FireSpan?
    walk(after: time) { instant in
      guard instant < end, span?.count ?? 0 < limit else { return false }
      span = FireSpan(first: span?.first ?? instant, last: instant, count: (span?.count ?? 0) + 1)
      return true
    }
    return span
  }

  /// No two instants next to each other are further apart, without a schedule.
  package var longestGap: Duration { calendar.step ?? .seconds(510 * 86_400) }

  // MARK: Elapsed time

  private func elapsedSpan(_ step: Duration, after time: Timestamp, before end: Timestamp)
    -> FireSpan?
  {
    guard count != 0 else { return nil }
    let past = time < start ? -1 : (time - start).ticks / step.ticks
    let bound = min(end - Duration(ticks: 1), self.end ?? .distantFuture)
    guard bound >= start else { return nil }
    let last = (bound - start).ticks / step.ticks
    guard last > past else { return nil }
    return FireSpan(
      first: Self.instant(Int(past) + 1, step, from: start),
      last: Self.instant(Int(last), step, from: start),
      count: Int(last - past)
    )
  }

  private static func instant(_ index: Int, _ step: Duration, from start: Timestamp) -> Timestamp {
    let (ticks, overflow) = step.ticks.multipliedReportingOverflow(by: Int64(index))
    return start + Duration(ticks: overflow ? .max : ticks)
  }

  // MARK: Walking

  /// Visits instants in order until the visitor has enough, the series ends, or nothing was found
  /// for a very long time.
  private func walk(after time: Timestamp, _ visit: (Timestamp) -> Bool) {
    if count != nil {
      walkCounted(after: time, visit)
    } else {
      walkUncounted(after: time, visit)
    }
  }

  /// A limit on the number of fires counts from the first.
  private func walkCounted(after time: Timestamp, _ visit: (Timestamp) -> Bool) {
    var remaining = count ?? 0
    guard remaining > 0 else { return }
    walkUncounted(after: start - Duration(ticks: 1)) { instant in
      remaining -= 1
      let goesOn = instant <= time || visit(instant)
      return goesOn && remaining > 0
    }
  }

  private func walkUncounted(after time: Timestamp, _ visit: (Timestamp) -> Bool) {
    var last: Timestamp?
    func offer(_ instant: Timestamp) -> Bool {
      guard instant > time, instant >= start, instant > last ?? .distantPast else { return true }
      if let end, instant > end { return false }
      last = instant
      return visit(instant)
    }
    if let step = calendar.step {
      var index = max(0, Int((max(time, start) - start).ticks / step.ticks))
      while true {
        let instant = Self.instant(index, step, from: start)
        guard instant < .distantFuture, offer(instant) else { return }
        index += 1
      }
    }
    if firesAtStart, !offer(start) { return }
    var period = calendar.period(containing: max(time, start))
    // 29 February comes after 8 years around 2100: so many periods may pass without an instant.
    var barren = 0
    while barren < 4000 {
      let before = last
      for day in calendar.days(ofPeriod: period, after: time) {
        for instant in calendar.instants(on: day) where !offer(instant) { return }
      }
      barren = last == before ? barren + 1 : 0
      period += 1
    }
  }
}
