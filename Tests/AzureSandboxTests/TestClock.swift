import Seams
import Synchronization
import Timekeeping

/// A clock that stands still until somebody sleeps or moves it.
final class TestClock: Clock {
  private let time: Mutex<Timestamp>

  init(_ text: String = "Mon, 02 Mar 2026 08:09:10 GMT") {
    time = Mutex(HTTPDate.timestamp(text) ?? Timestamp(ticks: 0))
  }

  func now() -> Timestamp { time.withLock { $0 } }

  func sleep(until deadline: Timestamp) async throws {
    time.withLock { $0 = max($0, deadline) }
  }

  func pause(for duration: Duration) async throws { advance(duration) }

  func advance(_ duration: Duration) { time.withLock { $0 = $0 + duration } }
}
