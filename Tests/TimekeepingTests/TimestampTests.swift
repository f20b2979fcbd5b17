import Testing
import Timekeeping

@Suite struct TimestampTests {
  @Test func `an instant prints with seven fraction digits`() {
    #expect(Timestamp(ticks: 1).description == "1970-01-01T00:00:00.0000001Z")
  }
}
