import Definitions
import Timekeeping

/// Which days and instants belong to each period of a recurrence; period 0 holds the start.
struct RecurrenceCalendar: Sendable {
  /// The length of a period that counts elapsed time; `nil` where days count.
  let step: Duration?
  private let recurrence: Recurrence
  private let zone: ZoneRules
  /// What the zone's clocks show where the series begins, or would show if they did not skip it.
  private let anchor: CivilTime
  private let anchorDay: Int

  init(recurrence: Recurrence, zone: ZoneRules, start: Timestamp) {
    self.recurrence = recurrence
    self.zone = zone
    if case .local(let civil)? = recurrence.startTime {
      anchor = civil
    } else {
      anchor = zone.civil(at: start)
    }
    anchorDay = CivilTime.daysSince1970(year: anchor.year, month: anchor.month, day: anchor.day)
    switch recurrence.frequency {
    case .second: step = .seconds(recurrence.interval)
    case .minute: step = .seconds(recurrence.interval * 60)
    case .hour: step = .seconds(recurrence.interval * 3600)
    case .day, .week, .month: step = nil
    }
  }

  /// The instant of a boundary; a skipped time is read with the clocks of before the change.
  static func instant(_ boundary: Recurrence.Boundary, in zone: ZoneRules) -> Timestamp {
    switch boundary {
    case .instant(let instant): return instant
    case .local(let civil):
      switch zone.instants(of: civil) {
      case .one(let instant), .two(let instant, _): return instant
      case .skipped(let change):
        return civil.timestampInUTC - zone.offset(at: change - .seconds(1))
      }
    }
  }

  // MARK: Periods

  /// A period from which on instants at or after this one, not before the start, are found.
  func period(containing instant: Timestamp) -> Int {
    let civil = zone.civil(at: instant)
    let day = CivilTime.daysSince1970(year: civil.year, month: civil.month, day: civil.day)
    let passed: Int
    switch recurrence.frequency {
    case .second, .minute, .hour, .day: passed = day - anchorDay
    case .week: passed = (day - firstDayOfAnchorWeek) / 7
    case .month: passed = (civil.year - anchor.year) * 12 + civil.month - anchor.month
    }
    // One period back: a time that clocks skip belongs to its day but lies later.
    return max(0, passed / recurrence.interval - 1)
  }

  /// The days of a period, in order, except those that surely ended before an instant.
  func days(ofPeriod period: Int, after instant: Timestamp) -> [Int] {
    // Clocks are at most 14 hours from UTC, and skip at most a day.
    let first = instant.ticks / Timestamp.ticksPerSecond / 86_400 - 3
    switch recurrence.frequency {
    case .second, .minute, .hour, .day: return [anchorDay + period * recurrence.interval]
    case .week: return daysOfWeek(period).filter { $0 >= first }
    case .month: return daysOfMonth(period).filter { $0 >= first }
    }
  }

  // MARK: Days

  private var firstDayOfAnchorWeek: Int { anchorDay - Self.weekDay(of: anchorDay) }

  /// 0 for Sunday.
  private static func weekDay(of day: Int) -> Int { ((day + 4) % 7 + 7) % 7 }

  private func daysOfWeek(_ period: Int) -> [Int] {
    let first = firstDayOfAnchorWeek + 7 * period * recurrence.interval
    let listed = recurrence.schedule?.weekDays ?? []
    let days = listed.isEmpty ? [Self.weekDay(of: anchorDay)] : listed
    return days.sorted().map { first + $0 }
  }

  private func daysOfMonth(_ period: Int) -> [Int] {
    let months = anchor.year * 12 + anchor.month - 1 + period * recurrence.interval
    let (year, month) = (months / 12, months % 12 + 1)
    guard year <= 9998 else { return [] }
    let length = CivilTime.days(inMonth: month, ofYear: year)
    let first = CivilTime.daysSince1970(year: year, month: month, day: 1)
    var days: Set<Int> = []
    for day in recurrence.schedule?.monthDays ?? [] {
      let number = day > 0 ? day : length + 1 + day
      if (1...length).contains(number) { days.insert(number) }
    }
    for wanted in recurrence.schedule?.monthlyOccurrences ?? [] {
      days.formUnion(Self.day(of: wanted, first: first, length: length))
    }
    if recurrence.schedule.map({ $0.monthDays.isEmpty && $0.monthlyOccurrences.isEmpty }) ?? true {
      days.insert(min(anchor.day, length))
    }
    return days.sorted().map { first + $0 - 1 }
  }

  /// The day of the month, none when the month has no fifth such weekday.
  private static func day(
    of wanted: RecurrenceSchedule.MonthlyOccurrence,
    first: Int,
    length: Int
  ) -> [Int] {
    let matching = (1...length).filter { weekDay(of: first + $0 - 1) == wanted.weekDay }
    let index = wanted.occurrence > 0 ? wanted.occurrence - 1 : matching.count + wanted.occurrence
    return matching.indices.contains(index) ? [matching[index]] : []
  }

  // MARK: Times of day

  /// The instants of a day, in order.
  func instants(on day: Int) -> [Timestamp] {
    let times = times(on: day)
    let midnight = Timestamp(seconds: Int64(day) * 86_400)
    let offset = zone.offset(at: midnight - .seconds(86_400))
    // Asking the zone costs more than all the rest, and on most days its clocks are not changed.
    if offset == zone.offset(at: midnight + .seconds(2 * 86_400)) {
      return times.map { $0.timestampInUTC - offset }
    }
    return Set(times.map { Self.instant(.local($0), in: zone) }).sorted()
  }

  /// What clocks show when it fires on a day, in order.
  private func times(on day: Int) -> [CivilTime] {
    let schedule = recurrence.schedule
    let hours = schedule.flatMap { $0.hours.isEmpty ? nil : $0.hours } ?? [anchor.hour]
    let minutes = schedule.flatMap { $0.minutes.isEmpty ? nil : $0.minutes } ?? [anchor.minute]
    // A schedule names minutes; what is finer stays with the plain series.
    let isExact = schedule == nil
    let date = CivilTime.date(daysSince1970: day)
    return hours.sorted().flatMap { hour in
      minutes.sorted().map { minute in
        CivilTime(
          year: date.year,
          month: date.month,
          day: date.day,
          hour: hour,
          minute: minute,
          second: isExact ? anchor.second : 0,
          tick: isExact ? anchor.tick : 0
        )
      }
    }
  }
}
