import FoundationEssentials
import Diagnostics
import OrderedJSON
import Timekeeping

/// Decodes the `recurrence` of a trigger.
///
/// Source: workflow language reference, section e.1.
package struct RecurrenceDecoder {
  private let pointer: JSONPointer
  private var report: FlowReport

  private init(pointer: JSONPointer, source: FlowSource?) {
    self.pointer = pointer
    report = FlowReport(source: source)
  }

  /// The recurrence of a trigger; `nil` when it has none or an unusable one, with the problems
  /// (F0002, F0009, F0011) and, where the source is given, their places.
  package static func decode(_ trigger: FlowTrigger, source: FlowSource? = nil)
    -> (recurrence: Recurrence?, report: FlowReport)
  {
    let pointer = trigger.pointer.appending("recurrence")
    var decoder = RecurrenceDecoder(pointer: pointer, source: source)
    let value = trigger.definition["recurrence"] ?? trigger.inputs["recurrence"]
    guard let value else { return (nil, decoder.report) }
    let recurrence = decoder.recurrence(value)
    return (recurrence, decoder.report)
  }

  private mutating func recurrence(_ value: JSON) -> Recurrence? {
    guard let object = value.objectValue else {
      report.add(.wrongJSONType, "'recurrence' must be an object", pointer)
      return nil
    }
    guard let frequency = frequency(object) else { return nil }
    var recurrence = Recurrence(frequency: frequency)
    recurrence.interval = interval(object, frequency)
    recurrence.timeZone = timeZone(object)
    recurrence.startTime = boundary("startTime", object)
    recurrence.endTime = boundary("endTime", object)
    recurrence.count = count(object)
    recurrence.schedule = schedule(object["schedule"], frequency)
    return recurrence
  }

  private mutating func frequency(_ object: JSONObject) -> Recurrence.Frequency? {
    let names = Recurrence.Frequency.allCases.map(\.rawValue)
    let written = object["frequency"]?.stringValue ?? ""
    if let match = Recurrence.Frequency.allCases.first(where: {
      $0.rawValue.lowercased() == written.lowercased()
    }) {
      return match
    }
    let place = object["frequency"] == nil ? pointer : pointer.appending("frequency")
    report.add(
      object["frequency"] == nil ? .missingMember : .valueOutOfRange,
      object["frequency"] == nil
        ? "the recurrence has no 'frequency'" : "'\(written)' is no frequency",
      place,
      hint: NearestName.suggestion(for: written, among: names).map { "did you mean '\($0)'?" }
        ?? "use one of \(names.joined(separator: ", "))",
      member: object["frequency"] == nil ? "frequency" : nil
    )
    return nil
  }

  private mutating func interval(_ object: JSONObject, _ frequency: Recurrence.Frequency) -> Int {
    guard let value = object["interval"] else { return 1 }
    let number = value.integerValue ?? value.stringValue.flatMap { Int64($0) } ?? 0
    guard (1...Int64(frequency.largestInterval)).contains(number) else {
      report.add(
        .valueOutOfRange,
        "'interval' is \(value.text); 1 to \(frequency.largestInterval) are allowed for "
          + "\(frequency.rawValue)",
        pointer.appending("interval"),
        hint: "write a whole number such as 1"
      )
      return 1
    }
    return Int(number)
  }

  private mutating func count(_ object: JSONObject) -> Int? {
    guard let value = object["count"], !value.isNull else { return nil }
    if let number = value.integerValue ?? value.stringValue.flatMap({ Int64($0) }), number >= 0 {
      return Int(number)
    }
    report.add(
      .valueOutOfRange,
      "'count' is \(value.text); it says how often the timer fires in all",
      pointer.appending("count")
    )
    return nil
  }

  private mutating func timeZone(_ object: JSONObject) -> String? {
    guard let name = object["timeZone"]?.stringValue else { return nil }
    if ZoneRules(named: name) == nil {
      report.add(
        .valueOutOfRange,
        "'\(name)' is no time zone",
        pointer.appending("timeZone"),
        hint: "write a Windows name such as 'W. Europe Standard Time', or 'Europe/Berlin'"
      )
    }
    return name
  }

  /// With a trailing `Z` the time is UTC and the zone does not count; without one it is local.
  private mutating func boundary(_ member: String, _ object: JSONObject) -> Recurrence.Boundary? {
    guard let value = object[member] else { return nil }
    guard let text = value.stringValue, let time = Timestamp(iso8601: text) else {
      report.add(
        .valueOutOfRange,
        "'\(member)' is no time",
        pointer.appending(member),
        hint: "write 2026-11-20T21:15:00 in the zone of 'timeZone', or with a Z for UTC"
      )
      return nil
    }
    return Self.hasZone(text) ? .instant(time) : .local(CivilTime(time))
  }

  private static func hasZone(_ text: String) -> Bool {
    guard let time = text.split(separator: "T").dropFirst().first else { return false }
    return time.contains { "Zz+-".contains($0) }
  }

  // MARK: Schedule

  private mutating func schedule(_ value: JSON?, _ frequency: Recurrence.Frequency)
    -> RecurrenceSchedule?
  {
    guard let object = value?.objectValue, !object.isEmpty else { return nil }
    let place = pointer.appending("schedule")
    guard [.day, .week, .month].contains(frequency) else {
      report.add(
        .valueOutOfRange,
        "a schedule belongs to the frequencies Day, Week and Month, not \(frequency.rawValue)",
        place,
        hint: "use the frequency Day and list hours and minutes",
        onKey: true
      )
      return nil
    }
    var schedule = RecurrenceSchedule()
    schedule.minutes = numbers("minutes", object, 0...59)
    schedule.hours = numbers("hours", object, 0...23)
    schedule.monthDays = numbers("monthDays", object, -31...31).filter { $0 != 0 }
    schedule.weekDays = elements(object["weekDays"]).compactMap { weekDay($0, "weekDays") }
    schedule.monthlyOccurrences = elements(object["monthlyOccurrences"]).compactMap {
      occurrence($0)
    }
    checkFit(schedule, frequency, place)
    return schedule == RecurrenceSchedule() ? nil : schedule
  }

  private mutating func checkFit(
    _ schedule: RecurrenceSchedule,
    _ frequency: Recurrence.Frequency,
    _ place: JSONPointer
  ) {
    if !schedule.weekDays.isEmpty, frequency != .week {
      report.add(
        .valueOutOfRange,
        "'weekDays' belongs to the frequency Week, not \(frequency.rawValue)",
        place.appending("weekDays"),
        hint: "use the frequency Week",
        onKey: true
      )
    }
    if frequency != .month, !schedule.monthDays.isEmpty || !schedule.monthlyOccurrences.isEmpty {
      report.add(
        .valueOutOfRange,
        "'monthDays' and 'monthlyOccurrences' belong to the frequency Month, "
          + "not \(frequency.rawValue)",
        place,
        hint: "use the frequency Month",
        onKey: true
      )
    }
  }

  private func elements(_ value: JSON?) -> [JSON] {
    guard let value, !value.isNull else { return [] }
    return value.arrayValue ?? [value]
  }

  private mutating func numbers(
    _ member: String,
    _ object: JSONObject,
    _ range: ClosedRange<Int64>
  ) -> [Int] {
    var numbers: Set<Int> = []
    for element in elements(object[member]) {
      let number = element.integerValue ?? element.stringValue.flatMap { Int64($0) }
      if let number, range.contains(number), !(range.lowerBound < 0 && number == 0) {
        numbers.insert(Int(number))
      } else {
        report.add(
          .valueOutOfRange,
          "'\(member)' holds \(element.text); \(range.lowerBound) to \(range.upperBound) are allowed",
          pointer.appending("schedule").appending(member),
          hint: "write a list of numbers such as [\(max(range.lowerBound, 1)), \(range.upperBound)]"
        )
      }
    }
    return numbers.sorted()
  }

  private static let weekDays = [
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
  ]

  private mutating func weekDay(_ value: JSON, _ member: String) -> Int? {
    let text = value.stringValue ?? value.text
    if let day = Self.weekDays.firstIndex(of: text.lowercased()) { return day }
    report.add(
      .valueOutOfRange,
      "'\(text)' is no day of the week",
      pointer.appending("schedule").appending(member),
      hint: NearestName.suggestion(for: text, among: Self.weekDays.map(\.capitalized))
        .map { "did you mean '\($0)'?" }
        ?? "use \(Self.weekDays.map(\.capitalized).joined(separator: ", "))"
    )
    return nil
  }

  private mutating func occurrence(_ value: JSON) -> RecurrenceSchedule.MonthlyOccurrence? {
    guard let day = weekDay(value["dayOfWeek"] ?? value["day"] ?? .null, "monthlyOccurrences")
    else { return nil }
    let number = value["occurrence"]?.integerValue ?? 0
    guard (-5...5).contains(number), number != 0 else {
      report.add(
        .valueOutOfRange,
        "'occurrence' is \(number); 1 to 5 and -1 to -5 are allowed",
        pointer.appending("schedule").appending("monthlyOccurrences")
      )
      return nil
    }
    return RecurrenceSchedule.MonthlyOccurrence(weekDay: day, occurrence: Int(number))
  }
}
