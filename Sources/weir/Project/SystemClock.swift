import Foundation
import Seams
import Timekeeping

/// The clock of this machine.
struct SystemClock: Seams.Clock {
  func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(ticks: Int64(time.tv_sec) * 10_000_000 + Int64(time.tv_nsec) / 100)
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
