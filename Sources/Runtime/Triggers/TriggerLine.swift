import Engine
import Seams
import Timekeeping

/// The events of one trigger that wait, and the runs that they wait for.
///
/// Who waits is in the store; here is only how many. A trigger without a limit has a line as well,
/// for split events that were left in the middle.
///
/// Source: workflow language reference, section e.7 (concurrency).
actor TriggerLine {
  let name: TriggerName
  let launcher: FireLauncher
  /// Runs that have not ended.
  private var running: Set<RunID> = []
  /// How many runs are being started.
  private var starting = 0
  /// Runs that ended while others were being started or read: they may be among those.
  private var endedMeanwhile: Set<RunID> = []
  /// How many items wait, by the identity of their event.
  private var waiting: [String: Int] = [:]
  /// Events that are being made durable, and who waits for what becomes of that.
  private var keeping: [String: [CheckedContinuation<Void, Never>]] = [:]
  private var isPumping = false
  private var isWanted = false
  private var isLoaded = false
  /// Whether somebody will look whether the runs that it waits for still go on.
  private var isToBeReviewed = false
  private var hasRuns = false
  private var loaders: [CheckedContinuation<Void, Never>]?

  init(name: TriggerName, launcher: FireLauncher) {
    self.name = name
    self.launcher = launcher
  }

  var environment: Environment { launcher.environment }

  /// Starts the run of an event, or lets it wait.
  func admit(_ ready: ReadyEvent, _ occurrence: TriggerOccurrence, _ limit: ConcurrencyLimit)
    async throws(RuntimeFailure) -> TriggerReceipt
  {
    try await load(withRuns: true)
    // A copy counts as told only once the first one is durable.
    while keeping[occurrence.identity] != nil {
      await withCheckedContinuation { keeping[occurrence.identity]?.append($0) }
      try await load(withRuns: true)
    }
    let event = ready.event
    let count = waiting.values.reduce(0, +)
    if count == 0, !event.isSplit, hasRoom(limit) {
      let driver = try await counting { () async throws(RuntimeFailure) in
        try await launcher.startNow(ready, occurrence)
      }
      if let driver { return .started([driver]) }
      lookAgain()
      return .duplicate
    }
    guard waiting[occurrence.identity] == nil else { return .duplicate }
    // An event is let in whole; one that is larger than the line may be alone in it.
    guard count == 0 || count + event.items.count <= limit.waitingRuns else { return .full }
    waiting[occurrence.identity] = event.items.count
    return try await keep(ready, occurrence) ? .waiting : .duplicate
  }

  private func keep(_ ready: ReadyEvent, _ occurrence: TriggerOccurrence)
    async throws(RuntimeFailure) -> Bool
  {
    keeping[occurrence.identity] = []
    defer {
      for waiter in keeping.removeValue(forKey: occurrence.identity) ?? [] { waiter.resume() }
      goOn()
    }
    do throws(RuntimeFailure) {
      let isKept = try await launcher.keep(ready, occurrence)
      if !isKept {
        // It may wait in the store: written by an attempt that seemed to fail.
        waiting[occurrence.identity] = nil
        isLoaded = false
      }
      return isKept
    } catch {
      waiting[occurrence.identity] = nil
      isLoaded = false
      throw error
    }
  }

  /// Looks in the store for an event that may wait there although its writing seemed to fail.
  func lookAgain() {
    isLoaded = false
    goOn()
  }

  /// Takes over an event that could not be started as it arrived.
  func adopt(_ fire: TriggerFire, items: Int) {
    waiting[fire.identity] = items
    goOn()
  }

  /// A run of this trigger ended; the next one may start.
  func ended(_ run: RunID) {
    if running.remove(run) == nil, isCounting { endedMeanwhile.insert(run) }
    if !waiting.isEmpty { goOn() }
  }

  // MARK: Room

  /// Whether runs may end that are not among the running ones yet.
  private var isCounting: Bool { starting > 0 || loaders != nil }

  private func hasRoom(_ limit: ConcurrencyLimit) -> Bool {
    running.count + starting < limit.runs
  }

  /// Keeps room for a run while it is being started, and then while it goes on.
  private func counting(_ start: () async throws(RuntimeFailure) -> RunDriver?)
    async throws(RuntimeFailure) -> RunDriver?
  {
    starting += 1
    defer {
      starting -= 1
      if !isCounting { endedMeanwhile.removeAll() }
      if !waiting.isEmpty { goOn() }
    }
    let driver: RunDriver?
    do throws(RuntimeFailure) { driver = try await start() } catch {
      // It may have become durable all the same.
      hasRuns = false
      throw error
    }
    if let run = driver?.run, endedMeanwhile.remove(run) == nil { running.insert(run) }
    return driver
  }

  // MARK: Reviewing

  /// Asks the store in a while whether the runs that it waits for still go on.
  ///
  /// The end of a run may go unheard, such as when its commit seemed to fail.
  private func reviewLater() {
    guard !isToBeReviewed else { return }
    isToBeReviewed = true
    let clock = environment.clock
    _ = environment.spawn { [weak self] in
      let isOver = (try? await clock.pause(for: Self.reviewInterval)) == nil
      await self?.review(isOver)
    }
  }

  private static let reviewInterval = Duration.seconds(60)

  private func review(_ isOver: Bool) {
    isToBeReviewed = false
    guard !isOver, !waiting.isEmpty else { return }
    hasRuns = false
    goOn()
  }

  // MARK: Waiting

  /// Starts what may start, in the background.
  func goOn() {
    isWanted = true
    guard !isPumping else { return }
    isPumping = true
    _ = environment.spawn { await self.pump() }
  }

  private func pump() async {
    var pause = Duration.seconds(1)
    while isWanted {
      isWanted = false
      do throws(RuntimeFailure) {
        try await load(withRuns: false)
        while try await startNext() { pause = .seconds(1) }
      } catch {
        guard await rest(for: pause, after: error) else { break }
        pause = min(pause * 2, .seconds(60))
        isWanted = true
      }
    }
    isPumping = false
  }

  /// Waits until the store may be asked again; `false` when it never will.
  private func rest(for pause: Duration, after failure: RuntimeFailure) async -> Bool {
    environment.log.write(
      .error,
      "trigger.delayed",
      [("flow", name.flow), ("trigger", name.trigger), ("why", "\(failure)")]
    )
    if case .store(let failure) = failure, failure.kind == .closed { return false }
    return (try? await environment.clock.pause(for: pause)) != nil
  }

  /// Starts the next run in line; `false` when there is none, or no room.
  private func startNext() async throws(RuntimeFailure) -> Bool {
    guard !waiting.isEmpty else { return false }
    // What becomes durable while the store is asked may be missing in its answer.
    let asked = waiting.keys.filter { keeping[$0] == nil }
    guard let first = try await launcher.firstWaiting(name) else {
      for identity in asked { waiting[identity] = nil }
      return false
    }
    let ready: ReadyEvent
    switch await launcher.ready(first) {
    case .success(let found): ready = found
    case .failure(let failure):
      try await launcher.settle(first, failure)
      waiting[first.identity] = nil
      return true
    }
    if let limit = ready.rules.limit {
      try await load(withRuns: true)
      guard hasRoom(limit) else {
        reviewLater()
        return false
      }
      try await startOne(of: ready)
    } else {
      try await startAll(of: ready)
    }
    return true
  }

  /// A copy that comes once the event is forgotten is an event of its own, and may wait meanwhile.
  private func startAll(of ready: ReadyEvent) async throws(RuntimeFailure) {
    let identity = ready.fire.identity
    let count = waiting.removeValue(forKey: identity) ?? ready.event.items.count
    do throws(RuntimeFailure) { _ = try await launcher.startAll(of: ready) } catch {
      waiting[identity] = waiting[identity] ?? count
      throw error
    }
  }

  private func startOne(of ready: ReadyEvent) async throws(RuntimeFailure) {
    let event = ready.event
    let remaining = waiting[ready.fire.identity] ?? event.items.count
    let item = event.items.count - remaining
    if item < event.items.count {
      _ = try await counting { () async throws(RuntimeFailure) in
        try await launcher.startItem(item, of: ready)
      }
    }
    waiting[ready.fire.identity] = remaining - 1
    guard remaining <= 1 else { return }
    if event.isSplit { try await launcher.settle(ready.fire) }
    waiting[ready.fire.identity] = nil
  }

  // MARK: Loading

  /// Reads once what an earlier process left: what waits, and for a limit also what goes on.
  private func load(withRuns: Bool) async throws(RuntimeFailure) {
    // Who comes while somebody else reads knows nothing yet, whatever is noted as read.
    while loaders != nil || !isLoaded || (withRuns && !hasRuns) {
      guard loaders == nil else {
        await withCheckedContinuation { loaders?.append($0) }
        continue
      }
      loaders = []
      defer {
        for loader in loaders ?? [] { loader.resume() }
        loaders = nil
      }
      // Whoever doubts what is read meanwhile has it read again.
      if withRuns, !hasRuns {
        hasRuns = true
        do throws(RuntimeFailure) { try await loadRuns() } catch {
          hasRuns = false
          throw error
        }
      }
      guard !isLoaded else { continue }
      isLoaded = true
      do throws(RuntimeFailure) { try await loadWaiting() } catch {
        isLoaded = false
        throw error
      }
    }
  }

  private func loadRuns() async throws(RuntimeFailure) {
    let before = running
    let runs = try await launcher.runs(of: name)
    // The store knows best, but for what was started while it was asked.
    running = runs.union(running.subtracting(before)).subtracting(endedMeanwhile)
  }

  private func loadWaiting() async throws(RuntimeFailure) {
    for fire in try await launcher.waitingFires(name) {
      waiting[fire.identity] = (try? launcher.event(of: fire))?.items.count ?? 1
    }
  }
}
