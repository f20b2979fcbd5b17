import Seams

/// A write with the caller that waits for it.
final class QueuedWrite<Value: Sendable>: PendingWrite, @unchecked Sendable {
  // Unchecked: the queue hands it from the caller to the writer's thread, the only user of the
  // mutable outcome.
  typealias Body =
    @Sendable (WriteSession) throws(SQLiteError) -> Result<Value, StoreFailure>

  private let body: Body
  // Resumed once: `WriteWorker` finishes or fails each write, and drops it.
  private let continuation: UnsafeContinuation<Result<Value, StoreFailure>, Never>
  private var outcome = Result<Value, StoreFailure>.failure(.storeClosed)

  init(
    body: @escaping Body,
    continuation: UnsafeContinuation<Result<Value, StoreFailure>, Never>
  ) {
    self.body = body
    self.continuation = continuation
  }

  func apply(in session: WriteSession) throws(SQLiteError) { outcome = try body(session) }

  func finish() { continuation.resume(returning: outcome) }

  func fail(_ failure: StoreFailure) { continuation.resume(returning: .failure(failure)) }
}
