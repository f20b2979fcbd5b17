import Simulation
import Testing

@Suite struct SimulatedExecutorTests {
  private struct Failure: Error, Equatable {}

  @Test func `what the body throws comes out`() {
    let executor = SimulatedExecutor(clock: SimulatedClock())
    #expect(throws: Failure()) { try executor.run { throw Failure() } }
  }

  @Test func `tasks that wait for nothing that can come are a stall`() {
    let executor = SimulatedExecutor(clock: SimulatedClock(), patience: .zero)
    let (never, keeper) = AsyncStream<Void>.makeStream()
    #expect(throws: SimulationStalled.self) {
      try executor.run { for await _ in never {} }
    }
    keeper.finish()
  }

  @Test func `the same tasks run in the same order every time`() throws {
    let runs = try (0..<5).map { _ in
      try SimulatedExecutor(clock: SimulatedClock()).run {
        await withTaskGroup { group in
          for number in 0..<50 {
            group.addTask {
              for _ in 0..<number % 7 { await Task.yield() }
              return number
            }
          }
          return await group.reduce(into: []) { $0.append($1) }
        }
      }
    }
    #expect(Set(runs).count == 1)
  }
}
