import Seams

/// What the writer's thread does.
final class WriteWorker: @unchecked Sendable {
  // Unchecked: only the thread that calls `run` touches the session.
  private var session: WriteSession?
  private let queue: WriteQueue
  private let onCommit: SQLiteStore.CommitObserver
  private let health: WriteHealth

  init(
    session: WriteSession,
    queue: WriteQueue,
    health: WriteHealth,
    onCommit: @escaping SQLiteStore.CommitObserver
  ) {
    self.health = health
    self.session = session
    self.queue = queue
    self.onCommit = onCommit
  }

  /// Commits batches until the queue is closed and empty.
  func run() {
    while let session, let batch = queue.drain() {
      commit(batch, in: session)
    }
    session = nil
    queue.finish()
  }

  private func commit(_ batch: [any PendingWrite], in session: WriteSession) {
    let start = ContinuousClock.now
    do throws(SQLiteError) {
      try session.transaction { () throws(SQLiteError) in
        for write in batch { try write.apply(in: session) }
      }
      onCommit(batch.count, .now - start)
      health.note(nil)
      for write in batch { write.finish() }
    } catch {
      recover(from: error, batch, in: session)
    }
  }

  // The transaction is rolled back. Where one write is at fault, its batch-mates get their own
  // transactions; a full disk or a lock concerns them all.
  private func recover(
    from error: SQLiteError,
    _ batch: [any PendingWrite],
    in session: WriteSession
  ) {
    if error.concernsOneWrite, batch.count > 1 {
      for write in batch { commit([write], in: session) }
    } else {
      let failure = error.failure
      if !error.concernsOneWrite { health.note(failure) }
      for write in batch { write.fail(failure) }
    }
  }
}
