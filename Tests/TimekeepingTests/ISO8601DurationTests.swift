import Testing
import Timekeeping

@Suite struct ISO8601DurationTests {
  @Test(arguments: [
    ("PT20S", 20.0), ("PT1H30M", 5400), ("P1D", 86_400), ("P1W", 604_800), ("P1DT12H", 129_600),
    ("PT0.5S", 0.5), ("PT0S", 0), ("P1Y2M", 36_720_000), ("PT36H", 129_600), ("P0D", 0),
  ])
  func `durations as flows write them`(text: String, seconds: Double) throws {
    #expect(try #require(ISO8601Duration(text)).duration.seconds == seconds)
  }

  @Test(arguments: [
    "", "P", "PT", "P1", "1D", "p1d", "P-1D", "PT1D", "P1H", "P1DT", "PT1M1H", "PT1S1S", "PT1.5M",
    "PT.S", "P1D ", "PT100000000000S", "P9999999999D", "PT1,5S", "P1️⃣D",
  ])
  func `what is no duration`(text: String) {
    #expect(ISO8601Duration(text) == nil)
  }

  @Test func `the largest durations do not overflow`() throws {
    let long = try #require(ISO8601Duration("P999999999Y999999999M999999999DT999999999H"))
    #expect(Timestamp(ticks: 0) + long.duration == Timestamp(ticks: .max))
  }
}
