import Definitions
import Timekeeping

/// All fires of a recurrence on days, weeks or months, found by asking of every date whether it
/// belongs, and of every minute what clocks show: slow, and another way than the one under test.
struct SlowRecurrence {
  let recurrence: Recurrence
  let zone: ZoneRules

  /// Fires from its start through the end of a year.
  func fires(through year: Int) -> [Timestamp] {
    guard case .local(let start)? = recurrence.startTime else { return [] }
    let first = days(start)
    var found: Set<Timestamp> = []
    let begin = instant(start)
    if recurrence.schedule == nil { found.insert(begin) }
    for day in first...CivilTime.daysSince1970(year: year, month: 12, day: 31)
    where belongs(day, start, first) {
      for time in times(on: day, start) where time >= begin { found.insert(time) }
    }
    return found.sorted()
  }

  private func days(_ civil: CivilTime) -> Int {
    CivilTime.daysSince1970(year: civil.year, month: civil.month, day: civil.day)
  }

  private func belongs(_ day: Int, _ start: CivilTime, _ first: Int) -> Bool {
    let date = CivilTime.date(daysSince1970: day)
    let weekDay = (day + 4) % 7
    let schedule = recurrence.schedule ?? RecurrenceSchedule()
    switch recurrence.frequency {
    case .second, .minute, .hour: return false
    case .day: return (day - first) % recurrence.interval == 0
    case .week:
      // 1970-01-04 was a Sunday.
      let weeks = (day - 3) / 7 - (first - 3) / 7
      let wanted = schedule.weekDays.isEmpty ? [(first + 4) % 7] : schedule.weekDays
      return weeks % recurrence.interval == 0 && wanted.contains(weekDay)
    case .month:
      let months = (date.year - start.year) * 12 + date.month - start.month
      guard months % recurrence.interval == 0 else { return false }
      let length = CivilTime.days(inMonth: date.month, ofYear: date.year)
      if schedule.monthDays.isEmpty, schedule.monthlyOccurrences.isEmpty {
        return date.day == min(start.day, length)
      }
      return schedule.monthDays.contains { $0 == date.day || $0 == date.day - length - 1 }
        || schedule.monthlyOccurrences.contains { wanted in
          wanted.weekDay == weekDay
            && (wanted.occurrence == (date.day + 6) / 7
              || -wanted.occurrence == (length - date.day + 7) / 7)
        }
    }
  }

  private func times(on day: Int, _ start: CivilTime) -> [Timestamp] {
    let schedule = recurrence.schedule
    let hours = schedule?.hours.isEmpty == false ? schedule?.hours ?? [] : [start.hour]
    let minutes = schedule?.minutes.isEmpty == false ? schedule?.minutes ?? [] : [start.minute]
    let date = CivilTime.date(daysSince1970: day)
    return hours.flatMap { hour in
      minutes.map { minute in
        instant(
          CivilTime(
            year: date.year,
            month: date.month,
            day: date.day,
            hour: hour,
            minute: minute
          )
        )
      }
    }
  }

  /// The first instant at which clocks show a time; if none does, as long after midnight as if they
  /// had not been set forward.
  private func instant(_ civil: CivilTime) -> Timestamp {
    let midnight = civil.timestampInUTC - .seconds((civil.hour * 60 + civil.minute) * 60)
    let before = zone.offset(at: midnight - .seconds(36 * 3600))
    if before == zone.offset(at: midnight + .seconds(60 * 3600)) {
      return civil.timestampInUTC - before
    }
    let offsets = (-36...60).map { zone.offset(at: midnight + .seconds($0 * 3600)) }
    let shown = Set(offsets).map { civil.timestampInUTC - $0 }.filter {
      zone.civil(at: $0) == civil
    }
    return shown.min() ?? civil.timestampInUTC - before
  }
}
