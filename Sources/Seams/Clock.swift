package import Timekeeping

/// The time of day, and a way to wait for it.
package protocol Clock: Sendable {
  func now() -> Timestamp

  /// Returns at `deadline` or later, never earlier.
  ///
  /// - Throws: `CancellationError` when the task is cancelled first.
  func sleep(until deadline: Timestamp) async throws

  /// Returns once this much time has passed, whatever is done to the time of day meanwhile.
  ///
  /// - Throws: `CancellationError` when the task is cancelled first.
  func pause(for duration: Duration) async throws
}
