package import Timekeeping

/// When a timer fires.
///
/// Source: workflow language reference, section e.1.
package struct Recurrence: Hashable, Sendable {
  package enum Frequency: String, Hashable, Sendable, CaseIterable {
    case second = "Second"
    case minute = "Minute"
    case hour = "Hour"
    case day = "Day"
    case week = "Week"
    case month = "Month"

    /// The largest interval that the product accepts.
    package var largestInterval: Int {
      switch self {
      case .second: 9_999_999
      case .minute: 72_000
      case .hour: 12_000
      case .day: 500
      case .week: 71
      case .month: 16
      }
    }
  }

  /// A time in UTC, or one that the clocks of the recurrence's zone show.
  package enum Boundary: Hashable, Sendable {
    case instant(Timestamp)
    case local(CivilTime)
  }

  package var frequency: Frequency
  /// At least 1.
  package var interval: Int
  package var startTime: Boundary?
  package var endTime: Boundary?
  /// How often it fires in all; `nil` without an end.
  package var count: Int?
  /// A Windows or IANA name; `nil` means UTC.
  package var timeZone: String?
  package var schedule: RecurrenceSchedule?

  package init(
    frequency: Frequency,
    interval: Int = 1,
    startTime: Boundary? = nil,
    endTime: Boundary? = nil,
    count: Int? = nil,
    timeZone: String? = nil,
    schedule: RecurrenceSchedule? = nil
  ) {
    self.frequency = frequency
    self.interval = interval
    self.startTime = startTime
    self.endTime = endTime
    self.count = count
    self.timeZone = timeZone
    self.schedule = schedule
  }
}

/// At which points of its days, weeks or months a recurrence fires.
///
/// Source: workflow language reference, section e.1.
package struct RecurrenceSchedule: Hashable, Sendable {
  /// 0 to 59; empty takes the minute from the start time.
  package var minutes: [Int]
  /// 0 to 23; empty takes the hour from the start time.
  package var hours: [Int]
  /// 0 for Sunday to 6.
  package var weekDays: [Int]
  /// 1 to 31, or -1 for the last day of the month to -31.
  package var monthDays: [Int]
  package var monthlyOccurrences: [MonthlyOccurrence]

  package struct MonthlyOccurrence: Hashable, Sendable {
    /// 0 for Sunday to 6.
    package var weekDay: Int
    /// 1 to 5 from the start of the month, -1 to -5 from its end.
    package var occurrence: Int

    package init(weekDay: Int, occurrence: Int) {
      self.weekDay = weekDay
      self.occurrence = occurrence
    }
  }

  package init(
    minutes: [Int] = [],
    hours: [Int] = [],
    weekDays: [Int] = [],
    monthDays: [Int] = [],
    monthlyOccurrences: [MonthlyOccurrence] = []
  ) {
    self.minutes = minutes
    self.hours = hours
    self.weekDays = weekDays
    self.monthDays = monthDays
    self.monthlyOccurrences = monthlyOccurrences
  }
}
