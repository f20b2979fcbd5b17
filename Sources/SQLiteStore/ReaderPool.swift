import Seams
import Synchronization

/// Two reading connections, so that one long list does not hold up short reads.
///
/// Readers see the last commit and never wait for the writer.
final class ReaderPool: Sendable {
  private let first: Mutex<ReadSession?>
  private let second: Mutex<ReadSession?>

  init(_ first: sending ReadSession, _ second: sending ReadSession) {
    self.first = Mutex(first)
    self.second = Mutex(second)
  }

  /// Runs `body` on a connection that is free, or waits for one.
  ///
  /// - Throws: `StoreFailure` of kind `closed` after `close`.
  func read<Value: Sendable>(
    _ body: @Sendable (ReadSession) throws(SQLiteError) -> Value
  ) throws(StoreFailure) -> Value {
    let free = first.withLockIfAvailable { Self.result(of: body, in: $0) }
    let result = free ?? second.withLock { Self.result(of: body, in: $0) }
    return try result.get()
  }

  func close() {
    first.withLock { $0 = nil }
    second.withLock { $0 = nil }
  }

  private static func result<Value: Sendable>(
    of body: (ReadSession) throws(SQLiteError) -> Value,
    in session: ReadSession?
  ) -> Result<Value, StoreFailure> {
    guard let session else { return .failure(.storeClosed) }
    do throws(SQLiteError) {
      return .success(try body(session))
    } catch {
      return .failure(error.failure)
    }
  }
}
