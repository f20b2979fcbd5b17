import Dispatch
import Foundation

/// Waits for Ctrl-C or a request to stop.
enum Interrupt {
  /// Returns at the first SIGINT or SIGTERM.
  static func wait() async {
    signal(SIGINT, SIG_IGN)
    signal(SIGTERM, SIG_IGN)
    let sources = [SIGINT, SIGTERM].map { DispatchSource.makeSignalSource(signal: $0) }
    let stream = AsyncStream<Void> { continuation in
      for source in sources {
        source.setEventHandler { continuation.yield() }
        source.resume()
      }
    }
    for await _ in stream { break }
    for source in sources { source.cancel() }
  }
}
