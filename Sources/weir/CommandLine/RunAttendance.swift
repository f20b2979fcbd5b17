import Engine
import Foundation
import Runtime

/// Waits for the end of a run, and says how to go on when this process cannot.
struct RunAttendance {
  private let context: Context

  init(_ context: Context) { self.context = context }

  /// Ends the program with 130 at SIGINT or SIGTERM; the journal loses nothing by that.
  ///
  /// - Throws: What the driver throws, after the advice.
  func end(of driver: RunDriver) async throws(RuntimeFailure) -> RunState {
    let signals = StopSignals { [self] _ in
      advise(driver.run)
      _exit(ExitCode.interrupted.rawValue)
    }
    defer { withExtendedLifetime(signals) {} }
    do throws(RuntimeFailure) {
      return try await driver.end()
    } catch {
      advise(driver.run)
      throw error
    }
  }

  private func advise(_ run: RunID) {
    context.note("the run is interrupted; 'weir run wait \(run)' goes on with it")
  }
}
