import Definitions
import Diagnostics
import Engine
import Fixtures
import OrderedJSON
import Testing
import Timekeeping

@Suite struct RecurrenceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let json: JSON
    var testDescription: String { json["name"]?.stringValue ?? "" }

    func time(_ key: String) throws -> Timestamp? {
      guard let text = json[key]?.stringValue else { return nil }
      return Timestamp(iso8601: text)
    }

    func recurrence() throws -> Recurrence {
      let definition: JSON = [
        "triggers": ["timer": ["type": "Recurrence", "recurrence": json["recurrence"] ?? .null]],
        "actions": [:],
      ]
      let flow = try #require(FlowReader.read(name: "f", file: "f", bytes: definition.bytes).flow)
      let (recurrence, report) = RecurrenceDecoder.decode(flow.triggers[0], source: flow.source)
      #expect(report.diagnostics.isEmpty)
      return try #require(recurrence)
    }

    static func load() throws -> [Case] {
      try (Fixtures.json("EngineTests/Data/recurrence.json").arrayValue ?? []).map(Case.init)
    }
  }

  @Test(arguments: try Case.load())
  func `fires when the table says`(_ example: Case) throws {
    let after = try #require(try example.time("after"))
    let enabled = try example.time("enabled") ?? after
    let series = try #require(RecurrenceSeries(try example.recurrence(), enabled: enabled))
    let expected = (example.json["next"]?.arrayValue ?? []).compactMap(\.stringValue)
    let isLast = example.json["isLast"] == true
    let found = series.occurrences(after: after, limit: expected.count + (isLast ? 1 : 0))
    #expect(found.map { Self.short($0) } == expected)
  }

  private static func short(_ time: Timestamp) -> String {
    time.description.replacing(".0000000Z", with: "Z")
  }

  /// Walks every minute of local time and keeps those that the rules name: slow, and another way.
  private func enumerated(_ schedule: RecurrenceSchedule, _ zone: ZoneRules, days: Range<Int>)
    -> [Timestamp]
  {
    var found: Set<Timestamp> = []
    for day in days {
      let date = CivilTime.date(daysSince1970: day)
      let weekDay = ((day + 4) % 7 + 7) % 7
      guard schedule.weekDays.contains(weekDay) else { continue }
      for minute in 0..<1440
      where schedule.hours.contains(minute / 60) && schedule.minutes.contains(minute % 60) {
        let civil = CivilTime(
          year: date.year,
          month: date.month,
          day: date.day,
          hour: minute / 60,
          minute: minute % 60
        )
        switch zone.instants(of: civil) {
        case .one(let instant), .two(let instant, _): found.insert(instant)
        case .skipped(let change):
          found.insert(civil.timestampInUTC - zone.offset(at: change - .seconds(1)))
        }
      }
    }
    return found.sorted()
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8])
  func `random weekly schedules agree with a slow enumeration over two years`(seed: UInt64) throws {
    let random = RandomSource(seed: seed)
    func pick(_ count: Int, below bound: Int) -> [Int] {
      Set((0..<count).map { _ in Int(random.next() % UInt64(bound)) }).sorted()
    }
    let zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]
    let name = zones[Int(random.next() % 4)]
    let zone = try #require(ZoneRules(named: name))
    let schedule = RecurrenceSchedule(
      minutes: pick(2, below: 60),
      hours: pick(3, below: 24),
      weekDays: pick(4, below: 7)
    )
    let first = CivilTime.daysSince1970(year: 2026, month: 1, day: 1)
    let recurrence = Recurrence(
      frequency: .week,
      startTime: .local(CivilTime(year: 2026, month: 1, day: 1)),
      timeZone: name,
      schedule: schedule
    )
    let series = try #require(RecurrenceSeries(recurrence, enabled: Timestamp(ticks: 0)))
    let expected = enumerated(schedule, zone, days: first..<first + 730)
    let last = try #require(expected.last)
    let found = series.occurrences(after: Timestamp(ticks: 0), through: last)
    #expect(found == expected, "seed \(seed)")
    for index in found.indices.dropLast() where index % 17 == 0 {
      #expect(series.next(after: found[index]) == found[index + 1], "seed \(seed)")
    }
  }

  @Test(arguments: [
    (#"{"frequency": "Dayly"}"#, "F0011"), (#"{"interval": 2}"#, "F0009"),
    (#"{"frequency": "Month", "interval": 17}"#, "F0011"),
    (#"{"frequency": "Day", "timeZone": "Mars Standard Time"}"#, "F0011"),
    (#"{"frequency": "Day", "startTime": "tomorrow"}"#, "F0011"),
    (#"{"frequency": "Hour", "schedule": {"minutes": [5]}}"#, "F0011"),
    (#"{"frequency": "Day", "schedule": {"weekDays": ["Monday"]}}"#, "F0011"),
    (#"{"frequency": "Week", "schedule": {"weekDays": ["Munday"]}}"#, "F0011"),
    (#"{"frequency": "Week", "schedule": {"hours": [24]}}"#, "F0011"),
    (#"{"frequency": "Month", "schedule": {"monthDays": [0]}}"#, "F0011"),
    (
      #"{"frequency": "Month", "schedule": {"monthlyOccurrences": [{"dayOfWeek": "Monday", "occurrence": 6}]}}"#,
      "F0011"
    ),
    (#"[]"#, "F0002"),
  ])
  func `impossible recurrences are refused`(text: String, code: String) throws {
    let definition: JSON = [
      "triggers": ["timer": ["type": "Recurrence", "recurrence": try JSON(parsing: text)]],
      "actions": [:],
    ]
    let flow = try #require(FlowReader.read(name: "f", file: "f", bytes: definition.bytes).flow)
    let (_, report) = RecurrenceDecoder.decode(flow.triggers[0], source: flow.source)
    #expect(report.diagnostics.map(\.code.id) == [code])
  }
}
