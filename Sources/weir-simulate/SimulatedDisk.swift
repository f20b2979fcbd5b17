import Seams
import Simulation
import Synchronization

/// What the disk does to reads and writes.
final class SimulatedDisk: Sendable {
  private struct State {
    var isCalm = false
    var writes = 0
  }

  private let scenario: Scenario
  private let dice: Dice
  /// For writes beside journals and events.
  private let otherDice: Dice
  private let clock: SimulatedClock
  private let state = Mutex(State())

  init(_ scenario: Scenario, seed: UInt64, clock: SimulatedClock) {
    self.scenario = scenario
    dice = Dice(seed, .disk)
    otherDice = Dice(seed, .otherWrites)
    self.clock = clock
  }

  /// From now on nothing goes wrong.
  func calmDown() { state.withLock { $0.isCalm = true } }

  private var isCalm: Bool { state.withLock { $0.isCalm } }

  /// Counts a write; whether the process dies around it, and if so whether after it.
  func death() -> Bool? {
    let number = state.withLock { state in
      state.writes += 1
      return state.isCalm ? 0 : state.writes
    }
    return scenario.deaths.first { $0.write == number }?.isAfter
  }

  /// Lets others run first, and takes its time.
  func takeTime() async {
    if dice.chance(0.3) { await Task.yield() }
    guard !isCalm, scenario.disk.slowest > .zero, dice.chance(0.3) else { return }
    try? await clock.pause(for: dice.time(scenario.disk.slowest))
  }

  func failBefore() throws(StoreFailure) { try fail(scenario.disk.failsBefore) }

  func failAfter() throws(StoreFailure) { try fail(scenario.disk.failsAfter) }

  func failAccess() throws(StoreFailure) { try fail(scenario.disk.failsAccess) }

  /// Whether the process dies once something beside journals and events is written.
  func diesAfterWrite() -> Bool { !isCalm && otherDice.chance(scenario.disk.deathsAfterWrite) }

  func failAfterWrite() throws(StoreFailure) {
    guard !isCalm, otherDice.chance(scenario.disk.failsAfterWrite) else { return }
    throw StoreFailure(.io, "the disk failed")
  }

  private func fail(_ probability: Double) throws(StoreFailure) {
    guard !isCalm, dice.chance(probability) else { return }
    throw StoreFailure(dice.pick([.io, .diskFull, .busy]), "the disk failed")
  }
}
