import Engine
import Testing
import Timekeeping

@Suite struct ThrottleWindowTests {
  private static let start = Timestamp(seconds: 1000)
  private let window = ThrottleWindow(calls: 2, renewalPeriod: .seconds(10))

  private static func at(_ ticks: Int64) -> Timestamp { Timestamp(ticks: start.ticks + ticks) }

  @Test(
    arguments: [
      // starts of known calls, now, opening; in ticks of 100 ns after the start
      ([], 0, nil),
      ([0], 0, nil),
      ([0, 0], 0, 100_000_000),
      ([0, 0], 99_999_999, 100_000_000),
      ([0, 0], 100_000_000, nil),
      ([0, 50_000_000], 99_999_999, 100_000_000),
      ([50_000_000, 0], 100_000_000, nil),
      ([0, 1, 2, 3], 5, 100_000_002),
      ([0, 90_000_000, 95_000_000], 100_000_000, 190_000_000),
      ([10_000_000, 10_000_000], 0, 110_000_000),
    ] as [([Int64], Int64, Int64?)]
  )
  func `opens exactly when enough calls have left`(
    _ starts: [Int64],
    _ now: Int64,
    _ opening: Int64?
  ) {
    let found = window.opening(after: starts.map(Self.at), at: Self.at(now))
    #expect(found == opening.map(Self.at))
  }

  @Test func `any window of the period holds at most the limit`() {
    var starts: [Timestamp] = []
    var now = Self.start
    for step in 0..<200 {
      if let opening = window.opening(after: starts, at: now) {
        #expect(opening > now)
        now = opening
      } else {
        starts.append(now)
        now = now + .milliseconds(step * 7 % 13)
      }
    }
    for (index, start) in starts.enumerated() where index >= 2 {
      #expect(start - starts[index - 2] >= .seconds(10))
    }
    #expect(starts.count > 100)
  }

  @Test func `a limit below one counts as one`() {
    let window = ThrottleWindow(calls: 0, renewalPeriod: .seconds(1))
    #expect(window.opening(after: [], at: Self.start) == nil)
    #expect(window.opening(after: [Self.start], at: Self.start) == Self.start + .seconds(1))
  }
}
