import Foundation
import Seams

/// The one thread that writes: everything that waits goes into one transaction.
final class JournalWriter: Sendable {
  private let queue = WriteQueue()

  /// Starts the thread; it ends when the writer is closed or released.
  init(
    session: sending WriteSession,
    health: WriteHealth,
    onCommit: @escaping SQLiteStore.CommitObserver
  ) {
    let worker = WriteWorker(session: session, queue: queue, health: health, onCommit: onCommit)
    let thread = Thread { worker.run() }
    thread.name = "weir-journal"
    thread.start()
  }

  deinit { queue.close() }

  /// How many writes wait for a transaction.
  var queuedWrites: Int { queue.count }

  /// Runs `body` inside the next transaction and returns once that is durable.
  func write<Value: Sendable>(_ body: @escaping QueuedWrite<Value>.Body)
    async throws(StoreFailure) -> Value
  {
    let result = await withCheckedContinuation { continuation in
      let write = QueuedWrite(body: body, continuation: continuation)
      if !queue.push(write) { write.fail(.storeClosed) }
    }
    return try result.get()
  }

  /// Commits what waits, then closes the connection.
  func close() async {
    await withCheckedContinuation { queue.close(then: $0) }
  }
}
