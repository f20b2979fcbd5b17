import Testing
import Timekeeping

@Suite struct DateTimeTests {
  @Test func `the first and the last instant are kept`() throws {
    let first = try #require(DateParser.parse("0001-01-01T00:00:00Z"))
    #expect(first.ticks == 0)
    #expect(first.adding(ticks: -1) == nil)
    let last = try #require(DateParser.parse("9999-12-31T23:59:59.9999999Z"))
    #expect(last.ticks == DateTime.largestTicks)
    #expect(last.adding(ticks: 1) == nil)
    #expect(last.adding(ticks: .max) == nil)
  }

  @Test func `instants out of range move to the limits`() {
    #expect(DateTime(Timestamp(ticks: .min)).ticks == 0)
    #expect(DateTime(Timestamp(ticks: .max)).ticks == DateTime.largestTicks)
  }

  @Test(arguments: [
    ("2024-02-29", 12, "2025-02-28"), ("2026-01-31", 1, "2026-02-28"),
    ("2026-03-31", -1, "2026-02-28"), ("2026-12-31", 2, "2027-02-28"),
    ("2026-01-15", -13, "2024-12-15"),
  ])
  func `months keep to the days that they have`(start: String, months: Int, end: String) throws {
    let moved = try #require(DateParser.parse(start)).adding(months: months)
    #expect(moved == DateParser.parse(end))
  }

  @Test func `months beyond the calendar are none`() throws {
    let time = try #require(DateParser.parse("2026-01-15"))
    #expect(time.adding(months: 12 * 8000) == nil)
    #expect(time.adding(months: -12 * 2026) == nil)
    #expect(time.adding(months: .max) == nil)
  }

  @Test func `days of the week and of the year`() throws {
    let time = try #require(DateParser.parse("2026-11-20T21:15:00Z"))
    #expect(time.weekday == 5)
    #expect(time.dayOfYear == 324)
    #expect(try #require(DateParser.parse("0001-01-01")).weekday == 1)
  }

  @Test func `fields out of range are none`() {
    #expect(DateTime(CivilTime(year: 2026, month: 2, day: 29), kind: .utc) == nil)
    #expect(DateTime(CivilTime(year: 0, month: 1, day: 1), kind: .utc) == nil)
    #expect(DateTime(CivilTime(year: 2026, month: 1, day: 1, hour: 24), kind: .utc) == nil)
  }
}
