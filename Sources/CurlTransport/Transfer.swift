import HTTPMessages
import Seams
import Synchronization

/// One request with the caller that waits for its response.
final class Transfer: Sendable {
  // `finish` takes it out before it resumes, so what the checked form checks cannot happen.
  typealias Continuation = UnsafeContinuation<Result<HTTPResponse, TransportFailure>, Never>

  let request: HTTPRequest
  let limits: TransferLimits
  /// Set by the caller's cancellation, which may come before the transfer is submitted.
  let isCancelled = Atomic(false)

  private let continuation = Mutex<Continuation?>(nil)

  init(request: HTTPRequest, limits: TransferLimits) {
    self.request = request
    self.limits = limits
  }

  /// Names who waits; before the transfer is submitted.
  func arm(_ continuation: Continuation) {
    self.continuation.withLock { $0 = continuation }
  }

  /// Resumes the caller, once.
  func finish(_ result: Result<HTTPResponse, TransportFailure>) {
    continuation.withLock { $0.take() }?.resume(returning: result)
  }
}
