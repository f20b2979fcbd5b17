import Definitions
import Engine
import Fixtures
import Testing
import Timekeeping

@Suite struct RecurrencePropertyTests {
  @Test(arguments: 1...32)
  func `random recurrences agree with a slow enumeration`(seed: UInt64) throws {
    var random = RandomRecurrence(seed: seed)
    let recurrence = random.next()
    let zone = try #require(ZoneRules(named: recurrence.timeZone ?? ""))
    let series = try #require(RecurrenceSeries(recurrence, enabled: .distantPast))
    let expected = SlowRecurrence(recurrence: recurrence, zone: zone).fires(through: 2029)
    let end = Timestamp(seconds: 1_893_283_200)  // 2029-12-30, whatever the zone
    let found = series.occurrences(after: .distantPast, through: end)
    #expect(found == expected.filter { $0 <= end }, "seed \(seed): \(recurrence)")
    for index in found.indices.dropLast() where index % 13 == 0 {
      #expect(series.next(after: found[index]) == found[index + 1], "seed \(seed)")
      #expect(series.next(after: found[index + 1] - Duration(ticks: 1)) == found[index + 1])
    }
  }

  @Test(arguments: 1...24)
  func `spans count what enumeration finds`(seed: UInt64) throws {
    var random = RandomRecurrence(seed: seed)
    var recurrence = random.next()
    if seed.isMultiple(of: 2) {
      recurrence.schedule = nil
      recurrence.frequency = random.pick([.second, .minute, .hour])
      recurrence.interval = random.number(40...900)
    }
    if seed.isMultiple(of: 3) { recurrence.count = random.number(1...50) }
    let series = try #require(RecurrenceSeries(recurrence, enabled: .distantPast))
    let base = try #require(series.next(after: .distantPast))
    for _ in 0..<20 {
      let from = base + .seconds(random.number(-5000...50_000))
      let until = from + .seconds(random.number(0...200_000))
      let all = series.occurrences(after: from, through: until - Duration(ticks: 1))
      let expected = all.first.flatMap { first in
        all.last.map { FireSpan(first: first, last: $0, count: all.count) }
      }
      #expect(series.span(after: from, before: until, limit: .max) == expected, "seed \(seed)")
    }
  }

  @Test func `a series of seconds is counted without walking it`() throws {
    let recurrence = Recurrence(frequency: .second, startTime: .instant(Timestamp(seconds: 0)))
    let series = try #require(RecurrenceSeries(recurrence, enabled: Timestamp(seconds: 0)))
    let span = series.span(
      after: Timestamp(seconds: 10),
      before: Timestamp(seconds: 4_000_000_000),
      limit: 1
    )
    #expect(span?.count == 3_999_999_989)
    #expect(
      series.next(after: Timestamp(seconds: 3_999_999_999)) == Timestamp(seconds: 4_000_000_000)
    )
  }
}
