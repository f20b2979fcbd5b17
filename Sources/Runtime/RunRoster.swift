package import Engine
import Seams
package import Timekeeping

/// The runs of a server: those that it drives, those that wait in the store, and those that a dead
/// process left behind.
///
/// Waiting runs cost no memory: one task sleeps until the first of them is due.
package actor RunRoster: RunDelivery {
  let worker: Worker
  /// Who is being brought in, so that two callers at once get one driver.
  private var arrivals: [RunID: Task<Result<RunDriver, RuntimeFailure>, Never>] = [:]
  /// The sleep until something is due.
  private var alarm: (due: Timestamp, task: Task<Void, Never>)?
  private var isWaking = false
  /// Runs that could not go on, and when to try them again.
  var postponed: [RunID: Timestamp] = [:]
  /// What was woken last, and when it was due.
  var woken: [RunID: Timestamp] = [:]
  private(set) var isStopping = false
  private var patrol: Task<Void, Never>?

  /// How many runs are driven at once before others that are due have to wait.
  static let liveLimit = 4096
  /// How many are brought in at once.
  private static let arrivalLimit = 32

  package init(worker: Worker) { self.worker = worker }

  nonisolated var environment: Environment { worker.environment }

  /// Begins to wake runs that are due, and to take over what dead processes left behind; returns at
  /// once.
  package func start() {
    worker.live.listen { [weak self] run, departure in self?.note(run, departure) }
    let clock = environment.clock
    patrol = environment.spawn { [weak self] in
      while !Task.isCancelled {
        await self?.takeOverTheAbandoned()
        do { try await clock.pause(for: .seconds(60)) } catch { return }
      }
    }
    setAlarm(at: clock.now())
  }

  private nonisolated func note(_ run: RunID, _ departure: LiveRuns.Departure) {
    switch departure {
    case .over, .left(until: nil): break
    case .left(until: let due?): _ = environment.spawn { await self.setAlarm(at: due) }
    case .failed(let failure): _ = environment.spawn { await self.postpone(run, after: failure) }
    }
  }

  /// Lets requests in flight finish until `deadline`, and begins nothing more; what has not ended by
  /// then goes on when a process starts again.
  package func stop(by deadline: Timestamp) async {
    isStopping = true
    patrol?.cancel()
    alarm?.task.cancel()
    for driver in worker.live.drivers.sorted(by: { $0.run.text < $1.run.text }) {
      await driver.drain()
    }
    let (live, clock) = (worker.live, environment.clock)
    let (ends, end) = AsyncStream<Void>.makeStream()
    _ = environment.spawn {
      await live.hasFewer(than: 1)
      end.finish()
    }
    let limit = environment.spawn {
      try? await clock.sleep(until: deadline)
      end.finish()
    }
    for await _ in ends {}
    limit.cancel()
  }

  // MARK: Delivering

  package func deliver(_ input: RunInput, to run: RunID) async throws(RuntimeFailure) {
    var failure = RuntimeFailure.ownedElsewhere(run)
    // Between finding a driver and telling it, the run may be left to the store, or taken from it.
    for _ in 1...8 {
      do throws(RuntimeFailure) {
        if let driver = worker.live[run] { return try await driver.deliver(input) }
        let isBroughtBefore = arrivals[run] != nil
        let driver = try await bring(run, with: input)
        return isBroughtBefore ? try await driver.deliver(input) : try await driver.check()
      } catch {
        guard error.isRace else { throw error }
        failure = error
      }
    }
    throw failure
  }

  private func bring(_ run: RunID, with input: RunInput) async throws(RuntimeFailure) -> RunDriver {
    if isStopping { throw .interrupted(run) }
    if let arrival = arrivals[run] { return try await arrival.value.get() }
    let worker = worker
    let arrival = Task(executorPreference: environment.executor) {
      () async -> Result<RunDriver, RuntimeFailure> in
      do throws(RuntimeFailure) {
        return .success(try await worker.takeOver(run, with: input))
      } catch {
        return .failure(error)
      }
    }
    arrivals[run] = arrival
    let result = await arrival.value
    arrivals[run] = nil
    // It may be held by this process already, and then nobody wakes it.
    if case .failure(let failure) = result, !failure.isRace { postpone(run, after: failure) }
    return try result.get()
  }

  // MARK: Waking

  /// Sees to it that what is due at a time is woken then.
  func setAlarm(at due: Timestamp) {
    guard !isStopping else { return }
    if let alarm, alarm.due <= due { return }
    alarm?.task.cancel()
    let clock = environment.clock
    let task = environment.spawn { [weak self] in
      do { try await clock.sleep(until: due) } catch { return }
      await self?.wake()
    }
    alarm = (due, task)
  }

  /// Wakes everything that is due, then sleeps until the next.
  private func wake() async {
    alarm = nil
    guard !isWaking, !isStopping else { return }
    isWaking = true
    do throws(RuntimeFailure) {
      while !isStopping, case let due = try await dueRuns(), !due.isEmpty { await bringIn(due) }
      isWaking = false
      if let next = try await nextDue() { setAlarm(at: next) }
    } catch {
      isWaking = false
      environment.log.write(.error, "roster.failed", [("why", "\(error)")])
      setAlarm(at: environment.clock.now() + .seconds(10))
    }
  }

  /// Brings in many runs, some at a time.
  func bringIn(_ runs: [RunID]) async {
    await withTaskGroup(of: Void.self) { group in
      for (index, run) in runs.enumerated() {
        if index >= Self.arrivalLimit { await group.next() }
        await worker.live.hasFewer(than: Self.liveLimit)
        group.addTask { await self.bringIn(run) }
      }
    }
  }

  private func bringIn(_ run: RunID) async {
    guard !isStopping else { return }
    do throws(RuntimeFailure) {
      try await deliver(.proceed, to: run)
    } catch {
      if postponed[run] == nil { postpone(run, after: error) }
    }
  }
}

extension RuntimeFailure {
  /// Whether somebody else was faster, so that it helps to look again.
  fileprivate var isRace: Bool {
    switch self {
    case .store(let failure): failure.kind == .conflict
    case .ownedElsewhere: true
    case .vault, .unknownRun, .interrupted, .unreadable, .invalid: false
    }
  }
}
