import Simulation
import Synchronization
import Timekeeping

/// What happened in one simulation, line by line; kept only when somebody wants to see it.
final class Trace: Sendable {
  let isKept: Bool
  private let clock: SimulatedClock
  private let start: Timestamp
  private let kept = Mutex<[String]>([])

  init(isKept: Bool, clock: SimulatedClock) {
    self.isKept = isKept
    self.clock = clock
    start = clock.elapsed
  }

  var lines: [String] { kept.withLock { $0 } }

  func note(_ text: @autoclosure () -> String) {
    guard isKept else { return }
    let seconds = (clock.elapsed - start).seconds
    let line = "\(seconds) s: \(text())"
    kept.withLock { $0.append(line) }
  }
}
