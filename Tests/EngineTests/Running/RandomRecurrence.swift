import Definitions
import Fixtures
import Timekeeping

/// Recurrences by chance, on days and in zones where clocks change.
struct RandomRecurrence {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(state: seed) }

  static let zones = [
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Chatham",
    "W. Europe Standard Time", "Newfoundland Standard Time", "UTC",
  ]

  mutating func next(year: Int = 2026) -> Recurrence {
    let frequency = pick([Recurrence.Frequency.day, .week, .month])
    var recurrence = Recurrence(
      frequency: frequency,
      interval: pick([1, 1, 1, 2, 3]),
      timeZone: pick(Self.zones)
    )
    recurrence.startTime = .local(
      CivilTime(
        year: year,
        month: number(1...12),
        day: number(1...28),
        hour: number(0...23),
        minute: number(0...59)
      )
    )
    if number(0...4) > 0 { recurrence.schedule = schedule(frequency) }
    return recurrence
  }

  private mutating func schedule(_ frequency: Recurrence.Frequency) -> RecurrenceSchedule {
    var schedule = RecurrenceSchedule(
      minutes: numbers(number(0...2), 0...59),
      hours: numbers(number(0...3), 0...4) + numbers(number(0...1), 20...23)
    )
    switch frequency {
    case .week: schedule.weekDays = numbers(number(0...3), 0...6)
    case .month:
      schedule.monthDays = numbers(number(0...2), 1...31) + numbers(number(0...1), -31 ... -1)
      schedule.monthlyOccurrences = (0..<number(0...1)).map { _ in
        .init(weekDay: number(0...6), occurrence: pick([1, 2, 5, -1, -4, -5]))
      }
    case .second, .minute, .hour, .day: break
    }
    return schedule
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(random.next() % UInt64(range.count))
  }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[number(0...values.count - 1)] }

  private mutating func numbers(_ count: Int, _ range: ClosedRange<Int>) -> [Int] {
    Set((0..<count).map { _ in number(range) }).sorted()
  }
}
