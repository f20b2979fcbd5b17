import Seams

/// A write that waits for its transaction.
///
/// Handed to the writer's thread by its queue, which alone touches it from then on.
protocol PendingWrite: AnyObject, Sendable {
  /// Does the writing, inside a transaction.
  func apply(in session: WriteSession) throws(SQLiteError)
  /// Tells the caller what `apply` found, once that is durable.
  func finish()
  /// Tells the caller that the transaction failed.
  func fail(_ failure: StoreFailure)
}
