import Seams
package import Timekeeping

/// Simulated time as one process sees it; once that is dead, nothing of it sleeps any more.
package struct ProcessClock: Clock {
  let clock: SimulatedClock
  package let process: Int

  /// Late enough for nobody to wait once the process is dead.
  package func now() -> Timestamp {
    clock.isDead(process) ? clock.now() + .seconds(3650 * 86_400) : clock.now()
  }

  package func sleep(until deadline: Timestamp) async throws {
    try await clock.sleep(process) { _ in .wall(deadline) }
  }

  package func pause(for duration: Duration) async throws {
    try await clock.sleep(process) { .elapsed($0 + duration) }
  }
}
