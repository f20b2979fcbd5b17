import Dispatch
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
    let sources = [SIGINT, SIGTERM].map { source($0, driver.run) }
    defer { for source in sources { source.cancel() } }
    do throws(RuntimeFailure) {
      return try await driver.end()
    } catch {
      advise(driver.run)
      throw error
    }
  }

  private func source(_ code: Int32, _ run: RunID) -> any DispatchSourceSignal {
    signal(code, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: code)
    source.setEventHandler {
      advise(run)
      _exit(ExitCode.interrupted.rawValue)
    }
    source.resume()
    return source
  }

  private func advise(_ run: RunID) {
    context.note("the run is interrupted; 'weir run wait \(run)' goes on with it")
  }
}
