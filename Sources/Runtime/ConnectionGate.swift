import Engine
import Seams
import Timekeeping

/// Lets the calls of one connection pass at the rate that its limit allows.
///
/// First in, first out within a run; runs take turns, and share the calls for which a window opens.
/// The store counts, so that other processes and a restart share the window. An answer with
/// `Retry-After` closes the gate for everybody.
package actor ConnectionGate {
  /// A call that may be sent.
  package struct Pass: Sendable {
    package var call: Int64?
    package var waited: Duration
  }

  private struct Waiter {
    let id: UInt64
    let since: Timestamp
    let continuation: CheckedContinuation<Pass?, any Error>
  }

  private let name: String
  nonisolated let limit: CallLimit?
  private let environment: Environment
  private var queues: [RunID: [Waiter]] = [:]
  /// Runs with waiters, whose turn is next first.
  private var turns: [RunID] = []
  private var shares = GateShares()
  /// Whether calls that could leave are kept for runs that come back.
  private var isKeeping = false
  /// Since when the service wants quiet, and until when.
  private var closed: (since: Timestamp, until: Timestamp)?
  private var opensAt: Timestamp?
  private var sleeper: Task<Void, Never>?
  private var isPumping = false
  private var lastWaiter: UInt64 = 0

  /// After this a clock that was set is noticed.
  private static let longestSleep = Duration.seconds(60)

  /// Without a limit the gate only closes when the service asks for it.
  init(name: String, limit: CallLimit?, environment: Environment) {
    self.name = name
    self.limit = limit
    self.environment = environment
  }

  /// Returns once the call may be sent.
  ///
  /// - Throws: `CancellationError` when the task is cancelled, `StoreFailure` when the window cannot
  ///   be read.
  func pass(_ run: RunID) async throws -> Pass {
    if limit == nil, turns.isEmpty, isOpen { return Pass(call: nil, waited: .zero) }
    lastWaiter += 1
    let id = lastWaiter
    let since = environment.clock.now()
    let pass = try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        enqueue(Waiter(id: id, since: since, continuation: continuation), run)
      }
    } onCancel: {
      _ = environment.spawn { await self.drop(id, of: run) }
    }
    guard let pass else { throw CancellationError() }
    return pass
  }

  /// Tells the gate when a call had surely reached the service.
  func settle(_ pass: Pass, at time: Timestamp) {
    guard let call = pass.call, let limit else { return }
    let leaves = time + limit.renewalPeriod
    if let opensAt, leaves < opensAt { wake(at: leaves) }
    let store = environment.store
    _ = environment.spawn { try? await store.settleCall(call, at: time) }
  }

  /// Holds every call back until the time that the service asked for.
  func close(until time: Timestamp) {
    let now = environment.clock.now()
    closed = (now, max(closedUntil(now) ?? time, time))
  }

  /// How many calls wait, and until when the service asked for quiet.
  var queue: (waiting: Int, closedUntil: Timestamp?) {
    (queues.values.reduce(0) { $0 + $1.count }, closedUntil(environment.clock.now()))
  }

  // MARK: Queue

  private var isOpen: Bool { closedUntil(environment.clock.now()) == nil }

  /// Until when the service wants quiet; `nil` when it does not any more.
  ///
  /// When the clock was set back since, nobody knows how long ago that was: it lasts as long again.
  private func closedUntil(_ now: Timestamp) -> Timestamp? {
    guard let closed else { return nil }
    let until = now < closed.since ? now + (closed.until - closed.since) : closed.until
    return now < until ? until : nil
  }

  private func enqueue(_ waiter: Waiter, _ run: RunID) {
    guard !Task.isCancelled else {
      waiter.continuation.resume(returning: nil)
      return
    }
    queues[run, default: []].append(waiter)
    if queues[run]?.count == 1 { turns.append(run) }
    if isKeeping { sleeper?.cancel() }
    guard !isPumping else { return }
    isPumping = true
    _ = environment.spawn { await self.pump() }
  }

  private func drop(_ id: UInt64, of run: RunID) {
    guard let index = queues[run]?.firstIndex(where: { $0.id == id }),
      let waiter = queues[run]?.remove(at: index)
    else { return }
    if queues[run]?.isEmpty == true {
      queues[run] = nil
      turns.removeAll { $0 == run }
    }
    waiter.continuation.resume(returning: nil)
  }

  private func next(of run: RunID?) -> Waiter? {
    guard let run, let place = turns.firstIndex(of: run) else { return nil }
    turns.remove(at: place)
    shares.take(run)
    let waiter = queues[run]?.removeFirst()
    if queues[run]?.isEmpty == true { queues[run] = nil } else { turns.append(run) }
    return waiter
  }

  // MARK: Passing

  private func pump() async {
    while !turns.isEmpty {
      let now = environment.clock.now()
      if let time = closedUntil(now) {
        closed = (now, time)
        await sleep(until: time)
        continue
      }
      await passOne()
    }
    isPumping = false
  }

  private func passOne() async {
    guard let limit else {
      release(next(of: turns.first), call: nil)
      return
    }
    let now = environment.clock.now()
    guard shares.next(of: turns, at: now) != nil else { return await keepCalls() }
    do throws(StoreFailure) {
      switch try await environment.store.takeCall(through: name, limit: limit, now: now) {
      case .granted(let call):
        shares.open(for: turns.count, limit, at: now)
        release(next(of: shares.next(of: turns, at: now) ?? turns.first), call: call)
      case .full(let time):
        shares.shut(at: now)
        await sleep(until: time)
      }
    } catch {
      next(of: turns.first)?.continuation.resume(throwing: error)
    }
  }

  /// Waits until another run comes, or calls are not kept any longer.
  private func keepCalls() async {
    let clock = environment.clock
    let rest = max(.zero, shares.keptUntil - clock.now())
    isKeeping = true
    let task = environment.spawn { try? await clock.pause(for: rest) }
    sleeper = task
    await task.value
    sleeper = nil
    isKeeping = false
  }

  private func release(_ waiter: Waiter?, call: Int64?) {
    guard let waiter else { return }
    // The clock may have been set back meanwhile.
    let waited = max(.zero, environment.clock.now() - waiter.since)
    waiter.continuation.resume(returning: Pass(call: call, waited: waited))
  }

  /// Returns early when the clock is set back: who said until when is asked again.
  private func sleep(until time: Timestamp) async {
    opensAt = time
    let clock = environment.clock
    var now = clock.now()
    let start = now
    while let target = opensAt, start <= now, now < target {
      let rest = min(target - now, Self.longestSleep)
      let task = environment.spawn { _ = try? await clock.pause(for: rest) }
      sleeper = task
      await task.value
      now = clock.now()
    }
    sleeper = nil
    opensAt = nil
  }

  private func wake(at time: Timestamp) {
    opensAt = time
    sleeper?.cancel()
  }
}
