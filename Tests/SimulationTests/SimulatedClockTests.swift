import Contracts
import Simulation
import Testing
import Timekeeping

@Suite struct SimulatedClockTests {
  private let clock = SimulatedClock(now: Timestamp(seconds: 100))

  @Test func `keeps the contract of a clock`() throws {
    try SimulatedExecutor(clock: clock).run { [clock] in try await ClockContract.check(clock) }
  }

  @Test func `an hour of concurrent sleeps passes at once, in order`() throws {
    let order = try SimulatedExecutor(clock: clock).run { [clock] in
      try await withThrowingTaskGroup { group in
        for minutes in [60, 1, 30, 1] {
          group.addTask {
            try await clock.sleep(until: clock.now() + .seconds(minutes * 60))
            return minutes
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    #expect(order == [1, 1, 30, 60])
    #expect(clock.now() == Timestamp(seconds: 3700))
  }

  @Test func `advancing wakes those who are due, at their deadline`() async throws {
    try await confirmation(expectedCount: 2) { confirm in
      try await withThrowingTaskGroup { group in
        for seconds in [2, 1] {
          group.addTask { [clock] in
            try await clock.sleep(until: Timestamp(seconds: Int64(100 + seconds)))
            confirm()
          }
        }
        while clock.sleeperCount < 2 { await Task.yield() }
        clock.advance(by: .milliseconds(999))
        #expect(clock.sleeperCount == 2)
        clock.advance(by: .milliseconds(1))
        #expect(clock.sleeperCount == 1)
        clock.advance(by: .seconds(5))
        try await group.waitForAll()
      }
    }
    #expect(clock.now() == Timestamp(seconds: 106))
    clock.advance(to: Timestamp(seconds: 1))
    #expect(clock.now() == Timestamp(seconds: 106))
  }

  @Test func `a cancelled sleeper is gone`() async {
    let task = Task { [clock] in try await clock.sleep(until: Timestamp(seconds: 999)) }
    while clock.sleeperCount == 0 { await Task.yield() }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(clock.sleeperCount == 0)
    #expect(!clock.jump())
  }
}
