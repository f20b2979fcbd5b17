import Foundation
import Seams
import Timekeeping

struct BenchClock: Seams.Clock {
  func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(ticks: Int64(time.tv_sec) * 10_000_000 + Int64(time.tv_nsec) / 100)
  }

  func sleep(until deadline: Timestamp) async throws {
    try await Task.sleep(for: max(.zero, deadline - now()))
  }

  func pause(for duration: Duration) async throws {
    try await Task.sleep(for: duration, tolerance: .zero)
  }
}
