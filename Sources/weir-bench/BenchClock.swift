import Foundation
import Seams
import Timekeeping

struct BenchClock: Seams.Clock {
  func now() -> Timestamp {
    Timestamp(ticks: Int64(Date().timeIntervalSince1970 * 1e7))
  }

  func sleep(until deadline: Timestamp) async throws {
    try await Task.sleep(for: max(.zero, deadline - now()))
  }

  func pause(for duration: Duration) async throws {
    try await Task.sleep(for: duration, tolerance: .zero)
  }
}
