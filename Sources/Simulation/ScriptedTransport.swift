package import HTTPMessages
package import Seams
import Synchronization
import Timekeeping

/// A transport whose answers are written down.
///
/// It obeys the size limit and the total timeout on the clock it is given, and records every
/// request.
package final class ScriptedTransport: HTTPTransport {
  package typealias Handler = @Sendable (HTTPRequest) async -> ScriptedAnswer

  private let clock: any Clock
  private let handler: Handler
  private let recorded = Mutex<[HTTPRequest]>([])

  /// - Parameters:
  ///   - clock: Where latency passes.
  ///   - handler: What to answer to a request.
  package init(clock: any Clock, handler: @escaping Handler) {
    self.clock = clock
    self.handler = handler
  }

  /// Answers requests in order, whatever they ask; after the last one with `refused`.
  package convenience init(clock: any Clock, script: [ScriptedAnswer]) {
    let rest = Script(script)
    self.init(clock: clock) { _ in rest.next() }
  }

  /// Everything sent so far, in order.
  package var requests: [HTTPRequest] { recorded.withLock { $0 } }

  package func send(_ request: HTTPRequest, limits: TransferLimits)
    async throws(TransportFailure) -> HTTPResponse
  {
    if Task.isCancelled { throw .cancelled }
    recorded.withLock { $0.append(request) }
    let answer = await handler(request)
    try await wait(answer.latency, limits)
    let response = try answer.result.get()
    guard response.body.count <= limits.responseByteCount else {
      throw TransportFailure(.tooLarge, "the response exceeds \(limits.responseByteCount) bytes")
    }
    return response
  }

  // A latency of nil never ends by itself.
  private func wait(_ latency: Duration?, _ limits: TransferLimits)
    async throws(TransportFailure)
  {
    let isLate = latency.map { $0 >= limits.totalTimeout } ?? true
    let wait = isLate ? limits.totalTimeout : latency ?? .zero
    if wait > .zero {
      do { try await clock.pause(for: wait) } catch { throw .cancelled }
    }
    guard isLate else { return }
    throw TransportFailure(.timeout, "no response within \(limits.totalTimeout.seconds) s")
  }
}

extension TransportFailure {
  fileprivate static let cancelled = TransportFailure(.cancelled, "the request was cancelled")
}
