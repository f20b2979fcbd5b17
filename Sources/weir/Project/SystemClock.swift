import Foundation
import Seams
import Timekeeping

/// The clock of this machine.
struct SystemClock: Seams.Clock {
  func now() -> Timestamp {
    Timestamp(ticks: Int64(Date().timeIntervalSince1970 * 1e7))
  }

  /// Sleeps in pieces, so that a step of the wall clock is noticed within a minute.
  func sleep(until deadline: Timestamp) async throws {
    while true {
      let rest = deadline - now()
      guard rest > .zero else { return }
      try await Task.sleep(for: min(rest, .seconds(60)), tolerance: .zero)
    }
  }

  func pause(for duration: Duration) async throws {
    try await Task.sleep(for: duration, tolerance: .zero)
  }
}
