import Synchronization

/// SIGINT and SIGTERM, heard from when this is made until it is released; none is lost.
final class StopSignals: Sendable {
  private let signals: AsyncStream<Void>
  private let listener: Int

  /// `body` hears each signal with its number, counted from 1.
  init(_ body: @escaping @Sendable (Int) -> Void = { _ in }) {
    let (signals, continuation) = AsyncStream<Void>.makeStream()
    self.signals = signals
    let counter = Counter()
    listener = SignalPipe.shared.add {
      body(counter.next())
      continuation.yield()
    }
  }

  deinit { SignalPipe.shared.remove(listener) }

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
