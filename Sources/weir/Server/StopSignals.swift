import Dispatch
import Foundation
import Synchronization

/// SIGTERM and SIGINT: the first asks to stop, the second stops at once.
final class StopSignals {
  private let signals: AsyncStream<Void>
  private let sources: [any DispatchSourceSignal]

  init() {
    let (signals, continuation) = AsyncStream<Void>.makeStream()
    self.signals = signals
    let counter = Counter()
    sources = [SIGINT, SIGTERM].map { code in
      signal(code, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: code)
      source.setEventHandler {
        if counter.next() > 1 { _exit(ExitCode.interrupted.rawValue) }
        continuation.yield()
      }
      source.resume()
      return source
    }
  }

  /// Returns at the first signal, also when it came before.
  func first() async { for await _ in signals { return } }

  private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }
}
