import Seams
import Timekeeping

/// Keeps when each trigger of the served flows is due, and sees to it then.
///
/// All wait in one heap with one sleeping task. It sleeps for a second at most, in time that passes
/// whatever is done to the time of day, so a clock that was set is noticed within a second.
package actor TriggerBook {
  /// How many triggers are seen to at once.
  package static let width = 1000

  let environment: Environment
  let catalog: FlowCatalog
  let intake: any TriggerIntake
  let poller: (any TriggerPoller)?
  private let longestSleep: Duration
  let lateness: @Sendable (Duration) -> Void

  var held = HeldTriggers()
  var ready = ReadyTriggers(capacity: 2 * width)
  private(set) var watched = WatchedClock()
  private var wakes = Timestamp.distantFuture
  /// How many triggers are seen to now.
  private var busyCount = 0
  private var finishers: [CheckedContinuation<Void, Never>] = []
  /// Who waits for an entry to be free.
  private var waiters: [Int32: [CheckedContinuation<Void, Never>]] = [:]
  private(set) var isClosing = false
  /// Who may change the rows of flows.
  var turns = Turns()
  var isTakingChanges = false

  nonisolated let alarm: Alarm
  nonisolated let changed = ChangedFlows()

  /// `poller` looks after triggers that act by themselves and are no timers; `lateness` hears how
  /// late each timer was.
  package init(
    environment: Environment,
    catalog: FlowCatalog,
    intake: any TriggerIntake,
    poller: (any TriggerPoller)? = nil,
    longestSleep: Duration = .seconds(1),
    lateness: @escaping @Sendable (Duration) -> Void = { _ in }
  ) {
    self.environment = environment
    self.catalog = catalog
    self.intake = intake
    self.poller = poller
    self.longestSleep = longestSleep
    self.lateness = lateness
    alarm = Alarm(environment: environment)
  }

  /// Reads where the triggers of all flows in the catalog stand, and follows the catalog from now.
  ///
  /// - Throws: `RuntimeFailure.store` when they cannot be read or written.
  package func open() async throws(RuntimeFailure) {
    catalog.listen { [changed, alarm] change in
      switch change {
      case .changed(let name), .removed(let name): changed.add(name)
      }
      alarm.ring()
    }
    let rows = try await stored { store throws(StoreFailure) in try await store.triggers() }
    try await enroll(rows)
  }

  /// Sees to what is due until the task is cancelled; returns when nothing is under way any more.
  package func run() async {
    var sleep = Duration.zero
    while !Task.isCancelled {
      beginChanges()
      let now = environment.clock.now()
      if let length = watched.look(at: now, after: sleep) { clockWentBack(by: length) }
      beginDue(now)
      beginPreparing(now)
      let rest = hasRoom ? held.heap.first.map { $0.due - now } : nil
      sleep = min(max(rest ?? longestSleep, .zero), longestSleep)
      wakes = now + sleep
      await alarm.sleep(for: sleep)
    }
    isClosing = true
    while busyCount > 0 { await withCheckedContinuation { finishers.append($0) } }
  }

  /// How many triggers there are.
  package var count: Int { held.count }

  // MARK: Entries

  /// Enters a row, or changes the one of its name, and wakes in time for it.
  func enter(_ row: StoredTrigger) {
    held.enter(row)
    wake(by: row.due)
  }

  func remove(_ key: Int32) {
    held.remove(key)
    resumeWaiters(for: key)
  }

  /// Lets an entry be due at a time instead of any other, and wakes in time for it.
  func schedule(_ key: Int32, _ due: Timestamp?) {
    guard held[key] != nil else { return }
    held.schedule(key, due)
    wake(by: due)
  }

  private func wake(by due: Timestamp?) {
    if let due, due < wakes { alarm.ring() }
  }

  /// Waits until nobody sees to an entry, and keeps others from it; `false` when it is gone.
  func claim(_ key: Int32) async -> Bool {
    while let entry = held[key], entry.isBusy {
      await withCheckedContinuation { waiters[key, default: []].append($0) }
    }
    return held.claim(key)
  }

  /// Lets others see to an entry, at the time of its row.
  func release(_ key: Int32) {
    guard let entry = held[key] else { return }
    held.release(key)
    schedule(key, entry.due)
    resumeWaiters(for: key)
  }

  func resumeWaiters(for key: Int32) {
    for waiter in waiters.removeValue(forKey: key) ?? [] { waiter.resume() }
  }

  // MARK: What is under way

  /// Whether one more trigger may be seen to now.
  var hasRoom: Bool { busyCount < Self.width }

  func noteBegun() { busyCount += 1 }

  func noteEnded() {
    busyCount -= 1
    if busyCount == Self.width - 1 { alarm.ring() }
    guard busyCount == 0 else { return }
    for finisher in finishers { finisher.resume() }
    finishers = []
  }
}
