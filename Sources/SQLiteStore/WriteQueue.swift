import Foundation
import Synchronization

/// Where callers leave writes for the writer's thread.
final class WriteQueue: @unchecked Sendable {
  // Unchecked: the condition's lock guards every mutable property.
  private let condition = NSCondition()
  private var writes: [any PendingWrite] = []
  private var isWaiting = false
  /// Whether something waits; a hint that is read without the lock.
  private let hasWrites = Atomic(false)
  private var isClosed = false
  private var isFinished = false
  private var closers: [CheckedContinuation<Void, Never>] = []

  /// Adds a write; `false` when the queue is closed.
  func push(_ write: some PendingWrite) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    guard !isClosed else { return false }
    writes.append(write)
    hasWrites.store(true, ordering: .relaxed)
    if isWaiting { condition.signal() }
    return true
  }

  /// How many writes wait.
  var count: Int {
    condition.lock()
    defer { condition.unlock() }
    return writes.count
  }

  /// Everything that waits, as soon as there is something; `nil` once closed and empty.
  func drain() -> [any PendingWrite]? {
    lingerForWrites()
    condition.lock()
    defer { condition.unlock() }
    isWaiting = true
    while writes.isEmpty, !isClosed { condition.wait() }
    isWaiting = false
    guard !writes.isEmpty else { return nil }
    defer {
      writes = []
      hasWrites.store(false, ordering: .relaxed)
    }
    return writes
  }

  /// Refuses further writes; what waits is still drained.
  ///
  /// - Parameter waiting: Resumed once the writer's thread has finished.
  func close(then waiting: CheckedContinuation<Void, Never>? = nil) {
    condition.lock()
    isClosed = true
    let isFinished = isFinished
    if let waiting, !isFinished { closers.append(waiting) }
    condition.signal()
    condition.unlock()
    if isFinished { waiting?.resume() }
  }

  /// Tells those who closed that the thread has finished.
  func finish() {
    condition.lock()
    isFinished = true
    let waiting = closers
    closers = []
    condition.unlock()
    for closer in waiting { closer.resume() }
  }

  // A caller that writes one thing after another is back within microseconds; to sleep and be
  // woken would cost it more than that.
  private func lingerForWrites() {
    for turn in 1...2000 where !hasWrites.load(ordering: .relaxed) {
      if turn.isMultiple(of: 64) { sched_yield() }
    }
  }
}
