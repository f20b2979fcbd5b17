import CCurl
import Foundation
import Synchronization

/// Where callers leave transfers for the thread of libcurl.
final class CurlInbox: @unchecked Sendable {
  // Unchecked: the lock guards every mutable property. libcurl allows any thread to wake a multi
  // handle, which is all that callers do with it.

  /// What came in since the thread looked last.
  struct Arrivals {
    var submitted: [Transfer] = []
    var cancelled: [Transfer] = []
    var isClosed = false
  }

  private let lock = NSLock()
  private var arrivals = Arrivals()
  private var isIdle = false
  private var isFinished = false
  private var closers: [CheckedContinuation<Void, Never>] = []
  private var multi: UnsafeMutableRawPointer?

  /// Adds a transfer; `false` when closed.
  func submit(_ transfer: Transfer) -> Bool {
    lock.withLock {
      guard !arrivals.isClosed else { return false }
      arrivals.submitted.append(transfer)
      wake()
      return true
    }
  }

  /// Asks to abort a transfer, which may be waiting, under way, done or not submitted yet.
  func cancel(_ transfer: Transfer) {
    transfer.isCancelled.store(true, ordering: .sequentiallyConsistent)
    lock.withLock {
      arrivals.cancelled.append(transfer)
      wake()
    }
  }

  /// Refuses further transfers and aborts the others.
  ///
  /// - Parameter waiting: Resumed once the thread has finished.
  func close(then waiting: CheckedContinuation<Void, Never>? = nil) {
    let isOver = lock.withLock {
      arrivals.isClosed = true
      if let waiting, !isFinished { closers.append(waiting) }
      wake()
      return isFinished
    }
    if isOver { waiting?.resume() }
  }

  /// Names the handle to wake; the thread does so first.
  func open(_ multi: UnsafeMutableRawPointer?) { lock.withLock { self.multi = multi } }

  /// Everything that came in.
  func take() -> Arrivals {
    lock.withLock {
      isIdle = false
      defer { arrivals = Arrivals(isClosed: arrivals.isClosed) }
      return arrivals
    }
  }

  /// Announces that the thread is about to wait; `false` when something came in.
  func becomeIdle() -> Bool {
    lock.withLock {
      isIdle = arrivals.submitted.isEmpty && arrivals.cancelled.isEmpty && !arrivals.isClosed
      return isIdle
    }
  }

  /// Tells those who closed that the thread has finished.
  func finish() {
    let waiting = lock.withLock {
      isFinished = true
      multi = nil
      defer { closers = [] }
      return closers
    }
    for closer in waiting { closer.resume() }
  }

  // One wake-up is enough until the thread has looked.
  private func wake() {
    guard isIdle, let multi else { return }
    isIdle = false
    curl_multi_wakeup(multi)
  }
}
