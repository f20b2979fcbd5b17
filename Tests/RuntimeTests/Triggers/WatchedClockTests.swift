import Testing
import Timekeeping

@testable import Runtime

@Suite struct WatchedClockTests {
  private static func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

  @Test func `it is awake since the first look, as long as no sleep takes much longer`() {
    var clock = WatchedClock()
    for second in [100, 101, 131, 161] as [Int64] {
      #expect(clock.look(at: Self.at(second), after: .seconds(1)) == nil)
      #expect(clock.awake == Self.at(100))
    }
  }

  @Test func `a machine that slept is awake since it woke`() {
    var clock = WatchedClock()
    _ = clock.look(at: Self.at(100), after: .zero)
    #expect(clock.look(at: Self.at(132), after: .seconds(1)) == nil)
    #expect(clock.awake == Self.at(132))
  }

  @Test func `a clock that was set back by more than a second is noticed once`() {
    var clock = WatchedClock()
    _ = clock.look(at: Self.at(100), after: .zero)
    #expect(clock.look(at: Self.at(99), after: .zero) == nil)
    #expect(clock.look(at: Self.at(59), after: .zero) == .seconds(40))
    #expect(clock.awake == Self.at(59))
    #expect(clock.look(at: Self.at(60), after: .seconds(1)) == nil)
  }
}
