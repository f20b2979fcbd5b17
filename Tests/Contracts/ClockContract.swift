package import Seams
package import Testing
import Timekeeping

/// What every `Clock` promises.
package enum ClockContract {
  /// Checks a clock that moves by itself; takes some milliseconds of its time.
  package static func check(
    _ clock: some Clock,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let start = clock.now()
    try await clock.sleep(until: start - .seconds(1))
    for wait in [0, 3, 1] {
      let deadline = clock.now() + .milliseconds(wait)
      try await clock.sleep(until: deadline)
      #expect(clock.now() >= deadline, sourceLocation: sourceLocation)
    }
    for wait in [0, 3, 1] {
      let begin = clock.now()
      try await clock.pause(for: .milliseconds(wait))
      #expect(clock.now() - begin >= .milliseconds(wait), sourceLocation: sourceLocation)
    }
    #expect(clock.now() - start < .seconds(60), sourceLocation: sourceLocation)
    let wasCancelled = await withTaskGroup { group in
      group.addTask { await isCancelled(sleepingOn: clock) }
      group.cancelAll()
      return await group.next()
    }
    #expect(wasCancelled == true, sourceLocation: sourceLocation)
  }

  private static func isCancelled(sleepingOn clock: some Clock) async -> Bool {
    do {
      try await clock.sleep(until: clock.now() + .seconds(3600))
      return false
    } catch {
      return error is CancellationError
    }
  }
}
