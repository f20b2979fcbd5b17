import Definitions
import Engine
import Seams
import Synchronization
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
  private let lateness: @Sendable (Duration) -> Void

  private var entries: [HeldTrigger?] = []
  private var unused: [Int32] = []
  /// The first entry of each flow, by its name in lower case; it leads to the others.
  private var keys: [String: Int32] = [:]
  private var heap = DueHeap()
  private var busyCount = 0
  /// Who waits for an entry to be free.
  private var waiters: [Int32: [CheckedContinuation<Void, Never>]] = [:]
  private var finishers: [CheckedContinuation<Void, Never>] = []
  private var lastSeen = Timestamp.distantPast
  /// Since when it has looked without a break; what was due since then was not missed.
  private var awake = Timestamp.distantFuture
  private var isTakingChanges = false
  private var isPreparing = false
  /// Triggers that are due soon, decoded ahead of time, by their entry.
  private var ready: [Int32: ReadyTrigger] = [:]
  /// When it last looked for what is due soon.
  private var foreseen = Timestamp.distantPast
  private var wakes = Timestamp.distantFuture
  private var isClosing = false
  /// Whether the rows of flows are being changed.
  private var isChanging = false
  private var changers: [CheckedContinuation<Void, Never>] = []

  nonisolated let alarm: Alarm
  /// Flows that changed and were not looked at since.
  nonisolated let changed = Changed()

  final class Changed: Sendable {
    private let names = Mutex<Set<String>>([])

    func add(_ name: String) { _ = names.withLock { $0.insert(name) } }

    var isSome: Bool { names.withLock { !$0.isEmpty } }

    func take() -> Set<String> {
      names.withLock { names in
        defer { names = [] }
        return names
      }
    }
  }

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
      look(at: now, after: sleep)
      beginDue(now)
      beginPreparing(now)
      let rest = busyCount < Self.width ? heap.first.map { $0.due - now } : nil
      sleep = min(max(rest ?? longestSleep, .zero), longestSleep)
      wakes = now + sleep
      await alarm.sleep(for: sleep)
    }
    isClosing = true
    while busyCount > 0 { await withCheckedContinuation { finishers.append($0) } }
  }

  /// How many triggers there are.
  package var count: Int { entries.count - unused.count }

  // MARK: Entries

  func key(_ trigger: String, of flow: String) -> Int32? {
    let name = trigger.lowercased()
    return keys(of: flow).first { row($0)?.trigger.lowercased() == name }
  }

  /// The entries of a flow, whichever version of it they belong to.
  func keys(of flow: String) -> [Int32] {
    var found: [Int32] = []
    var next = keys[flow.lowercased()] ?? -1
    while next >= 0 {
      found.append(next)
      next = entries[Int(next)]?.sibling ?? -1
    }
    return found
  }

  func row(_ key: Int32) -> StoredTrigger? { entries[Int(key)]?.stored }

  /// Enters a row, or changes the one of its name, and puts its time into the heap.
  func enter(_ row: StoredTrigger) {
    if let key = key(row.trigger, of: row.flow) {
      entries[Int(key)]?.stored = row
      entries[Int(key)]?.failures = 0
      schedule(key, row.due)
      return
    }
    let key = unused.popLast() ?? Int32(entries.count)
    if key == entries.count { entries.append(nil) }
    let flow = row.flow.lowercased()
    var entry = HeldTrigger(row)
    entry.sibling = keys[flow] ?? -1
    entries[Int(key)] = entry
    keys[flow] = key
    schedule(key, row.due)
  }

  func remove(_ key: Int32) {
    guard let row = row(key) else { return }
    let flow = row.flow.lowercased()
    let others = keys(of: flow).filter { $0 != key }
    for (index, other) in others.enumerated() {
      entries[Int(other)]?.sibling = others.dropFirst(index + 1).first ?? -1
    }
    keys[flow] = others.first
    entries[Int(key)] = nil
    unused.append(key)
    for waiter in waiters.removeValue(forKey: key) ?? [] { waiter.resume() }
  }

  func reserve(_ count: Int) {
    entries.reserveCapacity(count)
    keys.reserveCapacity(count)
    heap.reserve(count)
  }

  private func schedule(_ key: Int32, _ due: Timestamp?) {
    guard entries[Int(key)] != nil else { return }
    // Versions of all entries that ever had the key differ, so that old elements never count.
    versions &+= 1
    entries[Int(key)]?.version = versions
    guard let due else { return }
    heap.add(DueHeap.Element(due: due, key: key, version: versions))
    if heap.count > 2 * entries.count + 64 {
      heap.removeAll { entries[Int($0.key)]?.version != $0.version }
    }
    if due < wakes { alarm.ring() }
  }

  private var versions: UInt32 = 0

  /// Waits until nobody sees to an entry, and keeps others from it; `false` when it is gone.
  func claim(_ key: Int32) async -> Bool {
    while let entry = entries[Int(key)], entry.isBusy {
      await withCheckedContinuation { waiters[key, default: []].append($0) }
    }
    guard entries[Int(key)] != nil else { return false }
    entries[Int(key)]?.isBusy = true
    return true
  }

  func release(_ key: Int32) {
    guard let entry = entries[Int(key)] else { return }
    entries[Int(key)]?.isBusy = false
    schedule(key, entry.due)
    for waiter in waiters.removeValue(forKey: key) ?? [] { waiter.resume() }
  }

  // MARK: Waking

  /// Notices that the machine slept, or that its clock was set.
  private func look(at now: Timestamp, after sleep: Duration) {
    if now < lastSeen - .seconds(1) { clockWentBack(to: now) }
    if now > lastSeen + sleep + Self.longestDelay { awake = now }
    awake = min(awake, now)
    lastSeen = now
  }

  /// A busy machine may wake so much later; after more than that it slept.
  private static let longestDelay = Duration.seconds(30)

  /// What changes may have to wait for triggers that are seen to; nothing else waits for that.
  private func beginChanges() {
    guard !isTakingChanges, changed.isSome else { return }
    isTakingChanges = true
    _ = environment.spawn {
      await self.takeChanges()
      await self.endChanges()
    }
  }

  private func endChanges() {
    isTakingChanges = false
    if changed.isSome { alarm.ring() }
  }

  // MARK: What is due

  private func beginDue(_ now: Timestamp) {
    while busyCount < Self.width, let first = heap.first, first.due <= now {
      heap.removeFirst()
      guard let entry = entries[Int(first.key)], entry.version == first.version, !entry.isBusy
      else { continue }
      begin(first.key, entry.stored)
    }
  }

  // MARK: What is due soon

  /// How long before its time a flow is made ready, and how often to look for such flows.
  private static let foresight = (ahead: Duration.seconds(4), every: Duration.seconds(1))

  /// Makes flows ready one after the other, so that a thousand of one instant start without delay.
  private func beginPreparing(_ now: Timestamp) {
    guard !isPreparing, now >= foreseen + Self.foresight.every || now < foreseen else { return }
    foreseen = now
    let due = heap.elements(dueBy: now + Self.foresight.ahead, atMost: Self.width)
    let flows = due.sorted { $0.due < $1.due }.compactMap { element in
      flow(of: element).map { (key: element.key, flow: $0) }
    }
    guard !flows.isEmpty else { return }
    isPreparing = true
    _ = environment.spawn { await self.prepare(flows) }
  }

  private func prepare(_ flows: [(key: Int32, flow: ServedFlow)]) async {
    for (key, flow) in flows where !isClosing {
      await intake.prepare(flow)
      decodeAhead(key, flow)
    }
    isPreparing = false
  }

  private func decodeAhead(_ key: Int32, _ flow: ServedFlow) {
    guard let name = entries[Int(key)]?.trigger, ready[key]?.isOf(name, flow) != true else {
      return
    }
    if ready.count >= 2 * Self.width { ready.removeAll() }
    ready[key] = ReadyTrigger(name, of: flow)
  }

  /// The flow that an element starts; `nil` when the element does not count any more.
  private func flow(of element: DueHeap.Element) -> ServedFlow? {
    guard let entry = entries[Int(element.key)], entry.version == element.version, !entry.isBusy,
      let flow = catalog.flow(entry.flow), flow.isEnabled, flow.hasVersion
    else { return nil }
    return flow
  }

  private func begin(_ key: Int32, _ row: StoredTrigger) {
    guard let flow = catalog.flow(row.flow), flow.isEnabled, !row.isPaused,
      flow.served(named: row.trigger) != nil
    else { return }
    entries[Int(key)]?.isBusy = true
    busyCount += 1
    let ahead = ready.removeValue(forKey: key).flatMap { $0.isOf(row.trigger, flow) ? $0 : nil }
    let awake = awake
    _ = environment.spawn { await self.act(key, row, ahead, flow, awake) }
  }

  /// Outside of the actor, so that many are decoded and decided at once.
  private nonisolated func act(
    _ key: Int32,
    _ row: StoredTrigger,
    _ ahead: ReadyTrigger?,
    _ flow: ServedFlow,
    _ awake: Timestamp
  ) async {
    var next = row
    guard let ready = ahead ?? ReadyTrigger(row.trigger, of: flow) else {
      next.due = nil
      return await finish(key, TimerRound.Outcome(stored: next))
    }
    if let timer = ready.timer {
      let round = TimerRound(
        environment: environment,
        intake: intake,
        flow: flow,
        trigger: ready.trigger,
        timer: timer,
        awake: awake,
        lateness: lateness
      )
      return await finish(key, await round.run(row))
    }
    if let poller {
      let due = await poller.poll(ready.trigger, of: flow, row)
      // The poller wrote more into the row than it returns.
      next = await written(row)
      // When a clock that was set back made it begin anew is not written with where it stands.
      next.enabled = min(next.enabled, row.enabled)
      next.due = due
    } else {
      next.due = nil
    }
    await finish(key, TimerRound.Outcome(stored: next))
  }

  /// The row as the store has it, once that can be read.
  ///
  /// Whoever went on from an older one would take in again what it took in, or forget what it keeps
  /// in the world.
  private nonisolated func written(_ row: StoredTrigger) async -> StoredTrigger {
    while await !isClosing {
      do throws(StoreFailure) {
        return try await environment.store.trigger(row.trigger, of: row.flow) ?? row
      } catch {
        environment.log.write(
          .error,
          "trigger.delayed",
          [("flow", row.flow), ("trigger", row.trigger), ("why", "\(error)")]
        )
      }
      guard (try? await environment.clock.pause(for: .seconds(1))) != nil else { break }
    }
    return row
  }

  private func finish(_ key: Int32, _ outcome: TimerRound.Outcome) {
    busyCount -= 1
    entries[Int(key)]?.stored = setBack(outcome.stored)
    if let failure = outcome.failure {
      retry(key, outcome.stored, failure)
    } else if outcome.isFull {
      entries[Int(key)]?.isBusy = false
      schedule(key, environment.clock.now() + .seconds(10))
    } else {
      entries[Int(key)]?.failures = 0
      release(key)
    }
    for waiter in waiters.removeValue(forKey: key) ?? [] { waiter.resume() }
    if busyCount == Self.width - 1 { alarm.ring() }
    guard busyCount == 0 else { return }
    for finisher in finishers { finisher.resume() }
    finishers = []
  }

  /// The store could not take it: the time that was due stays due.
  private func retry(_ key: Int32, _ row: StoredTrigger, _ failure: RuntimeFailure) {
    let failures = min(entries[Int(key)]?.failures ?? 0, 6)
    entries[Int(key)]?.failures = failures + 1
    entries[Int(key)]?.isBusy = false
    let pause = Duration.seconds(min(1 << Int(failures), 60))
    if !isClosing { schedule(key, environment.clock.now() + pause) }
    environment.log.write(
      .error,
      "trigger.delayed",
      [("flow", row.flow), ("trigger", row.trigger), ("why", "\(failure)")]
    )
  }

  /// Times that were decided are ahead again; those that fired will not fire twice.
  private func clockWentBack(to now: Timestamp) {
    environment.log.write(
      .warning,
      "clock.wentBack",
      [("seconds", "\((lastSeen - now).seconds)")]
    )
    for key in entries.indices.map(Int32.init) {
      // What is seen to now is looked at when that is done.
      guard let row = row(key), entries[Int(key)]?.isBusy == false else { continue }
      let changed = setBack(row)
      if changed != row { enter(changed) }
    }
  }

  /// The row, from where it stands by a clock that may have been set back since it was decided.
  private func setBack(_ row: StoredTrigger) -> StoredTrigger {
    let now = environment.clock.now()
    guard TriggerRenewal.isAhead(row, of: now + .seconds(1)),
      let trigger = catalog.flow(row.flow)?.served(named: row.trigger)
    else { return row }
    return renewal(now).setBack(trigger, row)
  }

  func renewal(_ now: Timestamp) -> TriggerRenewal {
    TriggerRenewal(digests: environment.digests, poller: poller, now: now)
  }

  // MARK: Taking turns

  /// Lets one after the other change rows.
  func changing<Value: Sendable>(_ body: () async throws(RuntimeFailure) -> Value)
    async throws(RuntimeFailure) -> Value
  {
    while isChanging { await withCheckedContinuation { changers.append($0) } }
    isChanging = true
    defer {
      isChanging = false
      let waiting = changers
      changers = []
      for changer in waiting { changer.resume() }
    }
    return try await body()
  }

  func stored<Value: Sendable>(
    _ body: (any Store) async throws(StoreFailure) -> Value
  ) async throws(RuntimeFailure) -> Value {
    do throws(StoreFailure) { return try await body(environment.store) } catch {
      throw .store(error)
    }
  }
}
