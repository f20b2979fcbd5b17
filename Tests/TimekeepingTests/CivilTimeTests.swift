import Testing
import Timekeeping

@Suite struct CivilTimeTests {
  @Test func `days and dates agree over four centuries`() {
    for day in stride(from: -150_000, through: 150_000, by: 37) {
      let date = CivilTime.date(daysSince1970: day)
      #expect(
        CivilTime.daysSince1970(year: date.year, month: date.month, day: date.day) == day
      )
    }
  }

  @Test(arguments: [(2024, true), (2026, false), (1900, false), (2000, true)])
  func `leap years`(year: Int, isLeap: Bool) {
    #expect(CivilTime.isLeap(year) == isLeap)
    #expect(CivilTime.days(inMonth: 2, ofYear: year) == (isLeap ? 29 : 28))
  }

  @Test func `fields out of range carry over`() {
    let late = CivilTime(year: 2026, month: 12, day: 31, hour: 24, minute: 60)
    #expect(late.timestampInUTC.description == "2027-01-01T01:00:00.0000000Z")
  }

  @Test func `instants before 1970 have a time of day`() {
    let civil = CivilTime(Timestamp(ticks: -1))
    #expect(
      civil
        == CivilTime(
          year: 1969,
          month: 12,
          day: 31,
          hour: 23,
          minute: 59,
          second: 59,
          tick: 9_999_999
        )
    )
  }
}
