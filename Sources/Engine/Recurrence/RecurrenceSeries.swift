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
  private let recurrence: Recurrence
  private let calendar: RecurrenceCalendar
  /// Where the series begins.
  private let start: Timestamp
  private let end: Timestamp?
  /// Whether something is due the moment the trigger is enabled.
  private let firesAtOnce: Bool

  /// `enabled` is when the trigger was created, changed or enabled: a recurrence without start time
  /// counts from there, and fires there at once unless its minutes are fixed.
  ///
  /// `nil` for an unknown time zone.
  package init?(_ recurrence: Recurrence, enabled: Timestamp) {
    guard let zone = ZoneRules(named: recurrence.timeZone ?? "UTC") else { return nil }
    let start = recurrence.startTime.map { RecurrenceCalendar.instant($0, in: zone) }
    self.recurrence = recurrence
    self.start = start ?? enabled
    end = recurrence.endTime.map { RecurrenceCalendar.instant($0, in: zone) }
    firesAtOnce = start == nil && recurrence.schedule?.minutes.isEmpty != false
    calendar = RecurrenceCalendar(
      recurrence: recurrence,
      zone: zone,
      anchor: zone.civil(at: self.start)
    )
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

  /// All instants after `start` and up to `end`, inclusive.
  package func occurrences(after start: Timestamp, through end: Timestamp) -> [Timestamp] {
    var found: [Timestamp] = []
    walk(after: start) { instant in
      guard instant <= end else { return false }
      found.append(instant)
      return true
    }
    return found
  }

  // MARK: Walking

  /// Visits instants in order until the visitor has enough, the series ends, or nothing was found
  /// for a very long time.
  private func walk(after time: Timestamp, _ visit: (Timestamp) -> Bool) {
    if recurrence.count != nil {
      walkCounted(after: time, visit)
    } else {
      walkUncounted(after: time, visit)
    }
  }

  /// A limit on the number of fires counts from the first.
  private func walkCounted(after time: Timestamp, _ visit: (Timestamp) -> Bool) {
    var remaining = recurrence.count ?? 0
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
      guard instant > time, instant >= start, instant > last ?? instant - Duration(ticks: 1) else {
        return true
      }
      if let end, instant > end { return false }
      last = instant
      return visit(instant)
    }
    if firesAtOnce, !offer(start) { return }
    var period = calendar.period(containing: max(time, start))
    // 29 February comes after 8 years around 2100: so many days may pass without an instant.
    var barren = 0
    while barren < 4000 {
      let before = last
      for instant in calendar.instants(ofPeriod: period) where !offer(instant) { return }
      barren = last == before ? barren + 1 : 0
      period += 1
    }
  }
}
