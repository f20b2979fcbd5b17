import Definitions
import Diagnostics
package import Engine
import OrderedJSON
package import Seams
import Synchronization
import Timekeeping

/// Starts runs, and takes over those whose process died.
package final class Worker: Sendable {
  package let environment: Environment
  private let performer: any ActionPerformer
  private let flows: FlowSupply?
  private let interposing: @Sendable (any ActionPerformer) -> any ActionPerformer
  /// Runs that actions of other runs called.
  private let called = Mutex<[RunDriver]>([])
  private let plans = Mutex<[String: KnownPlan]>([:])
  private let runIDs: RunIDSource
  private let observers = RunObservers()
  /// The runs that are driven here.
  package let live: LiveRuns

  /// `flows` supplies what actions of type Workflow call; `leavesLongWaits` where a `RunRoster` wakes
  /// runs that wait for long; `interposing` puts something between runs and what performs their
  /// actions, calls of other flows included.
  package init(
    environment: Environment,
    performer: any ActionPerformer,
    flows: FlowSupply? = nil,
    leavesLongWaits: Bool = false,
    interposing: @escaping @Sendable (any ActionPerformer) -> any ActionPerformer = { $0 }
  ) {
    self.interposing = interposing
    live = LiveRuns(leavesLongWaits: leavesLongWaits)
    self.flows = flows
    self.environment = environment
    self.performer = performer
    runIDs = RunIDSource(clock: environment.clock, entropy: environment.entropy)
  }

  /// Begins a run; it is durable when this returns.
  ///
  /// The observer hears every event after it became durable.
  ///
  /// - Throws: `RuntimeFailure` when the run cannot be stored; `store` of kind `fired` when the
  ///   event of its origin started another one.
  package func start(
    _ flow: PreparedFlow,
    trigger: TriggerEvent,
    origin: RunOrigin = RunOrigin(),
    observer: (@Sendable (RunEvent, RunState) -> Void)? = nil
  ) async throws(RuntimeFailure) -> RunDriver {
    let id = runIDs.next()
    let now = environment.clock.now()
    let record = RunRecord(
      id: id,
      flow: flow.plan.flow,
      planHash: flow.stored.hash,
      status: .running,
      startTime: now,
      triggerName: trigger.name,
      triggerType: trigger.type,
      parent: origin.parent,
      owner: environment.store.owner
    )
    let driver = RunDriver(
      record: record,
      state: RunState(plan: flow.plan),
      creation: RunCreation(plan: flow.stored, origin: origin),
      environment: environment,
      performer: performer(depth: origin.depth),
      live: live,
      observers: observers.joined(by: observer)
    )
    _ = live.enter(driver)
    await driver.post(first(started(flow, trigger, origin.seed, id, now), origin.seed))
    do throws(RuntimeFailure) { try await driver.check() } catch {
      guard origin.isDetached, case .interrupted = error else { throw error }
    }
    return driver
  }

  private func first(_ started: RunEvent.RunStarted, _ seed: ReplaySeed?) -> RunInput {
    guard let seed else { return .start(started) }
    let results = seed.results
    return .replay(
      started,
      carrying: RunEvent.CarriedOver(time: started.time, run: seed.run.text, results: results)
    )
  }

  /// Lets somebody hear the events of every run that is driven here, each after it became durable.
  package func observe(_ observer: @escaping @Sendable (RunEvent, RunState) -> Void) {
    observers.add(observer)
  }

  private func performer(depth: Int) -> any ActionPerformer {
    guard let flows else { return interposing(performer) }
    return interposing(FlowCaller(worker: self, base: performer, flows: flows, depth: depth))
  }

  private func started(
    _ flow: PreparedFlow,
    _ trigger: TriggerEvent,
    _ seed: ReplaySeed?,
    _ id: RunID,
    _ now: Timestamp
  ) -> RunEvent.RunStarted {
    RunEvent.RunStarted(
      time: now,
      run: id.text,
      flow: flow.plan.flow,
      trigger: trigger.record(at: now),
      triggerName: trigger.name,
      triggerType: trigger.type,
      parameters: flow.parameters,
      clientTrackingID: trigger.clientTrackingID ?? id.text,
      isSecret: trigger.isSecret || flow.hasSecretParameters || seed?.isSecret ?? false,
      callerWaitsUntil: trigger.callerWaitsUntil,
      connections: seed?.connections ?? [:],
      user: trigger.user
    )
  }

  /// Goes on with a run whose process died, or that nobody drives; a run that ended stays as it is.
  ///
  /// `input` is decided first, such as its cancellation.
  ///
  /// - Throws: `RuntimeFailure.ownedElsewhere` while its process lives, `unknownRun`, or why its
  ///   journal cannot be read.
  package func takeOver(
    _ id: RunID,
    with input: RunInput = .proceed,
    observer: (@Sendable (RunEvent, RunState) -> Void)? = nil
  ) async throws(RuntimeFailure) -> RunDriver {
    var record = try await self.record(id)
    if let driver = live[id], record.owner == environment.store.owner {
      await driver.post(input)
      return driver
    }
    // A run that ended may still have subscriptions to undo; its owner tells.
    if !record.status.isTerminal || record.owner != nil { try await claim(&record) }
    let state = try await state(of: record)
    let driver = RunDriver(
      record: record,
      state: state,
      creation: nil,
      environment: environment,
      performer: performer(depth: 0),
      live: live,
      observers: observers.joined(by: observer)
    )
    let counted = record.owner == nil ? driver : live.enter(driver)
    if counted === driver { await driver.resume(with: input) } else { await counted.post(input) }
    return counted
  }

  private func claim(_ record: inout RunRecord) async throws(RuntimeFailure) {
    let store = environment.store
    if let owner = record.owner, owner != store.owner, await store.isAlive(owner) {
      throw .ownedElsewhere(record.id)
    }
    let previous = record.owner
    let id = record.id
    let isOurs = try await RuntimeFailure.asking { () async throws(StoreFailure) in
      try await store.claim(id, from: previous, by: store.owner)
    }
    guard isOurs else { throw .ownedElsewhere(record.id) }
    // It may have gone on between the two questions.
    record = try await self.record(id)
    if let previous, previous != store.owner {
      environment.log.write(.info, "run.takenOver", [("run", id.text), ("flow", record.flow)])
    }
  }

  // MARK: Calls

  func noteCall(_ driver: RunDriver) { called.withLock { $0.append(driver) } }

  func forgetCall(_ driver: RunDriver) { called.withLock { $0.removeAll { $0 === driver } } }

  /// Waits until every run that was called here has ended; one may outlive the run that called it.
  package func endCalls() async {
    while let driver = called.withLock({ $0.first }) {
      _ = try? await driver.end()
      forgetCall(driver)
    }
  }

  // MARK: Reading

  /// The columns of a run.
  ///
  /// - Throws: `RuntimeFailure.unknownRun` or `store`.
  package func record(_ id: RunID) async throws(RuntimeFailure) -> RunRecord {
    let store = environment.store
    let found = try await RuntimeFailure.asking { () async throws(StoreFailure) in
      try await store.run(id)
    }
    guard let found else { throw .unknownRun(id) }
    return found
  }

  /// The state of a run as its journal tells it.
  ///
  /// - Throws: `RuntimeFailure` when the plan or the journal cannot be read.
  package func state(of record: RunRecord) async throws(RuntimeFailure) -> RunState {
    let plan = try await plan(of: record)
    let store = environment.store
    let journal = try await RuntimeFailure.asking { () async throws(StoreFailure) in
      try await store.journal(of: record.id)
    }
    return try JournalCoding(run: record.id, vault: environment.vault).fold(journal, plan)
  }

  /// The events of a run after the first so many, in the order of the journal.
  ///
  /// - Throws: `RuntimeFailure` when the plan or the journal cannot be read.
  package func events(of record: RunRecord, after version: Int) async throws(RuntimeFailure)
    -> [RunEvent]
  {
    let plan = try await plan(of: record)
    let store = environment.store
    let entries = try await RuntimeFailure.asking { () async throws(StoreFailure) in
      try await store.journal(of: record.id, after: version)
    }
    let coding = JournalCoding(run: record.id, vault: environment.vault)
    var events: [RunEvent] = []
    events.reserveCapacity(entries.count)
    for entry in entries {
      events.append(try coding.event(entry, number: version + events.count + 1, plan))
    }
    return events
  }

  /// How many plans are kept at hand.
  private static let planLimit = 1000

  /// The flow as a run started with it, as it is stored.
  ///
  /// - Throws: `RuntimeFailure` as `plan`.
  func storedPlan(of record: RunRecord) async throws(RuntimeFailure) -> StoredPlan {
    try await knownPlan(of: record).stored
  }

  /// The plan that a run started with.
  ///
  /// - Throws: `RuntimeFailure.unreadable` when it is not in the store or cannot be compiled, or
  ///   `store`.
  package func plan(of record: RunRecord) async throws(RuntimeFailure) -> Plan {
    try await knownPlan(of: record).plan
  }

  private func knownPlan(of record: RunRecord) async throws(RuntimeFailure) -> KnownPlan {
    if let known = plans.withLock({ $0[record.planHash] }) { return known }
    let store = environment.store
    let found = try await RuntimeFailure.asking { () async throws(StoreFailure) in
      try await store.plan(record.planHash)
    }
    guard let stored = found else { throw .unreadable(record.id, "its plan is not in the store") }
    guard let plan = PreparedFlow.plan(from: stored) else {
      throw .unreadable(record.id, "its plan cannot be compiled by this version")
    }
    let known = KnownPlan(stored: stored, plan: plan)
    plans.withLock { plans in
      if plans.count >= Self.planLimit { plans.removeAll() }
      plans[record.planHash] = known
    }
    return known
  }

  private struct KnownPlan {
    let stored: StoredPlan
    let plan: Plan
  }
}
