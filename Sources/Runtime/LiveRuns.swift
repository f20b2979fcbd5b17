package import Engine
import Synchronization
package import Timekeeping

/// The runs that this process drives now.
package final class LiveRuns: Sendable {
  /// Why a driver has nothing more to do.
  package enum Departure: Sendable {
    case over
    /// The run waits for long and is left to the store; `nil` when only the world can wake it.
    case left(until: Timestamp?)
    case failed(RuntimeFailure)
  }

  package typealias Listener = @Sendable (RunID, Departure) -> Void

  /// Whether a run that waits for long is left to the store, because somebody here wakes it.
  let leavesLongWaits: Bool
  private let state = Mutex(State())

  private struct State {
    var drivers: [RunID: RunDriver] = [:]
    var listener: Listener?
    var waiting: [(limit: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  init(leavesLongWaits: Bool) { self.leavesLongWaits = leavesLongWaits }

  package subscript(run: RunID) -> RunDriver? { state.withLock { $0.drivers[run] } }

  package var drivers: [RunDriver] {
    state.withLock { Array($0.drivers.values) }.sorted { $0.run.text < $1.run.text }
  }

  package var count: Int { state.withLock { $0.drivers.count } }

  /// Calls back whenever a driver has nothing more to do.
  func listen(_ listener: @escaping Listener) { state.withLock { $0.listener = listener } }

  /// Returns once fewer than `limit` runs are driven here.
  func hasFewer(than limit: Int) async {
    await withCheckedContinuation { continuation in
      let isFine = state.withLock { state in
        if state.drivers.count < limit { return true }
        state.waiting.append((limit, continuation))
        return false
      }
      if isFine { continuation.resume() }
    }
  }

  /// Adds a driver unless its run has one; returns the one that counts.
  func enter(_ driver: RunDriver) -> RunDriver {
    state.withLock { state in
      if let other = state.drivers[driver.run] { return other }
      state.drivers[driver.run] = driver
      return driver
    }
  }

  /// Removes a driver that has nothing more to do.
  func leave(_ driver: RunDriver, _ departure: Departure) {
    let (listener, waiting) = state.withLock { state in
      guard state.drivers[driver.run] === driver else {
        return (nil as Listener?, [] as [CheckedContinuation<Void, Never>])
      }
      state.drivers[driver.run] = nil
      let count = state.drivers.count
      let waiting = state.waiting.filter { count < $0.limit }.map(\.continuation)
      if !waiting.isEmpty { state.waiting.removeAll { count < $0.limit } }
      return (state.listener, waiting)
    }
    for continuation in waiting { continuation.resume() }
    listener?(driver.run, departure)
  }
}
