import Testing
import Timekeeping

@Suite struct TimestampTests {
  @Test func `an instant prints with seven fraction digits`() {
    #expect(Timestamp(ticks: 1).description == "1970-01-01T00:00:00.0000001Z")
    #expect(Timestamp(ticks: -1).description == "1969-12-31T23:59:59.9999999Z")
  }

  @Test func `instants beyond the calendar print as its ends`() {
    #expect(Timestamp(ticks: .min).description == "0001-01-01T00:00:00.0000000Z")
    #expect(Timestamp(ticks: .max).description == "9999-12-31T23:59:59.9999999Z")
  }

  @Test func `arithmetic stops at the ends of the range`() {
    let last = Timestamp(ticks: .max)
    let first = Timestamp(ticks: .min)
    #expect(last + .seconds(1) == last)
    #expect(first - .seconds(1) == first)
    #expect(last - .seconds(-1) == last)
    #expect((last - first).ticks == .max)
    #expect((first - last).ticks == .min)
    #expect(last + .seconds(Int64.max) == last)
    #expect(Timestamp(ticks: 0) + .seconds(Int64.max) == last)
  }

  @Test func `lengths of time turn into ticks and back`() {
    for ticks in [0, 1, -1, 10_000_000, -15_000_000, .max, .min] as [Int64] {
      #expect(Duration(ticks: ticks).ticks == ticks)
    }
    #expect(Duration.seconds(Int64.min).ticks == .min)
    #expect(Duration(ticks: 15_000_000).seconds == 1.5)
  }
}
