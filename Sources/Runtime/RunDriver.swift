package import Engine
import OrderedJSON
import Seams
package import Timekeeping

/// Drives one run: decides, commits, performs, and again, until the run ends.
///
/// Everything that happens to the run goes through `post`. What arrives while a commit is under way
/// is decided together afterwards, in one transaction.
package actor RunDriver {
  package nonisolated let run: RunID
  private let environment: Environment
  private let performer: any ActionPerformer
  private let coding: JournalCoding
  private var record: RunRecord
  private var state: RunState
  private var creation: RunCreation?
  private var inbox: [RunInput] = []
  private var isPumping = false
  private var tasks: [Effect.Key: Task<Void, Never>] = [:]
  /// Effects that are done and whose input is not decided yet; their tasks must not be cancelled,
  /// because they may be the ones that decide.
  private var done: Set<Effect.Key> = []
  private var failure: RuntimeFailure?
  private var waiters: [CheckedContinuation<Void, Never>] = []
  /// Those who go on as soon as a Response answered.
  private var callers: [Int: CheckedContinuation<Void, Never>] = [:]
  private var callerCount = 0
  /// Whether the answer is durable.
  private var isAnswered: Bool
  private let observer: @Sendable (RunEvent, RunState) -> Void

  /// Takes a run in the state in which its journal left it; a new run has a `creation`.
  init(
    record: RunRecord,
    state: RunState,
    creation: RunCreation?,
    environment: Environment,
    performer: any ActionPerformer,
    observer: @escaping @Sendable (RunEvent, RunState) -> Void
  ) {
    run = record.id
    self.record = record
    self.state = state
    isAnswered = state.response != nil
    self.creation = creation
    self.environment = environment
    self.performer = performer
    self.observer = observer
    coding = JournalCoding(run: record.id, vault: environment.vault)
  }

  /// Takes an input in; returns once it is decided and durable, or queued behind a running commit.
  package func post(_ input: RunInput) async {
    inbox.append(input)
    await pump()
  }

  /// Goes on after the state was folded from the journal.
  func resume() async {
    if state.isOver { return }
    launchEffects()
    await post(.proceed)
  }

  /// Throws if the run could not be made durable.
  func check() throws(RuntimeFailure) {
    if let failure { throw failure }
  }

  /// Waits for the end of the run and returns its final state.
  ///
  /// - Throws: `RuntimeFailure` when the run could not be driven to its end here.
  package func end() async throws(RuntimeFailure) -> RunState {
    if !isOver { await withCheckedContinuation { waiters.append($0) } }
    if let failure { throw failure }
    return state
  }

  /// Waits until a Response answered, the run ended, or a time has come: then `nil`.
  ///
  /// - Throws: `RuntimeFailure` when the run could not be driven so far here.
  package func answer(by deadline: Timestamp) async throws(RuntimeFailure) -> RunState? {
    if !isAnswered, !isOver { await answered(by: deadline) }
    if let failure { throw failure }
    return isAnswered || isOver ? state : nil
  }

  private func answered(by deadline: Timestamp) async {
    callerCount += 1
    let caller = callerCount
    let clock = environment.clock
    let timer = environment.spawn {
      guard (try? await clock.sleep(until: deadline)) != nil else { return }
      await self.giveUp(caller)
    }
    await withCheckedContinuation { callers[caller] = $0 }
    timer.cancel()
  }

  private func giveUp(_ caller: Int) { callers.removeValue(forKey: caller)?.resume() }

  /// The state now.
  package var current: RunState { state }

  private var isOver: Bool { failure != nil || (state.isOver && !isPumping) }

  // MARK: Deciding

  private func pump() async {
    guard !isPumping, failure == nil else { return }
    isPumping = true
    while failure == nil, !inbox.isEmpty || state.hasReadyWork {
      await step()
    }
    isPumping = false
    if isOver { finish() }
  }

  private func step() async {
    let inputs = inbox.isEmpty ? [.proceed] : inbox
    inbox.removeAll(keepingCapacity: true)
    // The state moves into the decision and back: a second reference would copy it on every write.
    var working = RunState(plan: state.plan)
    swap(&working, &state)
    let before = working.version
    var decision = Decision(
      state: working,
      now: environment.clock.now(),
      seed: environment.entropy.number(),
      surroundings: Surroundings(
        setting: environment.setting,
        callbackURL: environment.callbackURL
      )
    )
    working = RunState(plan: state.plan)
    for input in inputs { decision.take(input) }
    let events = decision.events
    state = decision.finish()
    guard !events.isEmpty else { return }
    await commit(events, expecting: before)
    if failure == nil { launchEffects() }
  }

  private func commit(_ events: [RunEvent], expecting version: Int) async {
    do throws(RuntimeFailure) {
      try await append(append(events, expecting: version))
      for event in events { observer(event, state) }
      if state.response != nil, !isAnswered { answerCallers() }
    } catch {
      failure = error
      // Told twice, a trigger event starts no second run; that is as it should be.
      if case .store(let refusal) = error, refusal.kind == .fired { return }
      environment.log.write(.error, "run.abandoned", [("run", run.text), ("why", "\(error)")])
    }
  }

  private func append(_ append: JournalAppend) async throws(RuntimeFailure) {
    do throws(StoreFailure) {
      try await environment.store.append(append)
    } catch {
      throw .store(error)
    }
  }

  private func append(_ events: [RunEvent], expecting version: Int) throws(RuntimeFailure)
    -> JournalAppend
  {
    var entries: [JournalEntry] = []
    entries.reserveCapacity(events.count)
    do throws(VaultFailure) {
      for event in events { entries.append(try coding.entry(event, state.plan)) }
    } catch {
      throw .vault(error)
    }
    let (record, wakeup) = changedRecord(isNew: version == 0)
    var append = JournalAppend(
      run: run,
      expectedVersion: version,
      owner: environment.store.owner,
      entries: entries,
      record: record,
      wakeup: wakeup
    )
    creation?.complete(&append)
    creation = nil
    return append
  }

  /// The columns, when they changed: at the start, at the end, and when a long wait begins or ends.
  private func changedRecord(isNew: Bool) -> (RunRecord?, JournalAppend.WakeupChange) {
    let soon = environment.clock.now() + Self.shortWait
    let due = state.nextWake(after: soon)
    let isWaiting = state.isWaiting(at: soon)
    let status = state.status.isTerminal ? state.status : isWaiting ? .waiting : .running
    let didWait = record.status == .waiting
    // The owner stays until nothing is left to clean up after the end.
    let releasesOwner = state.isOver && record.owner != nil
    guard isNew || status != record.status || releasesOwner else {
      return (nil, due.map { .set($0) } ?? .unchanged)
    }
    record.status = status
    record.code = state.code
    record.error = state.error?.text
    record.endTime = state.endTime
    if state.isOver { record.owner = nil }
    return (record, due.map { .set($0) } ?? (didWait ? .clear : .unchanged))
  }

  /// A run that waits for less counts as running.
  private static let shortWait = Duration.seconds(2)

  // MARK: Performing

  private func launchEffects() {
    for effect in state.outstanding where tasks[effect.key] == nil {
      tasks[effect.key] = environment.spawn { await self.perform(effect) }
    }
    guard tasks.count > state.outstanding.count else { return }
    let wanted = Set(state.outstanding.map(\.key))
    for (key, task) in tasks where !wanted.contains(key) {
      if done.remove(key) == nil { task.cancel() }
      tasks[key] = nil
    }
  }

  private func perform(_ effect: Effect) async {
    if let due = effect.due {
      do { try await environment.clock.sleep(until: due) } catch { return }
    }
    let address = effect.key.address
    switch effect.kind {
    case .wake:
      done.insert(effect.key)
      await post(effect.key.purpose == .deadline ? .deadline(address) : .woke(address))
    case .send(let inputs, let pollLocation):
      await attempt(effect, request(effect, inputs, pollLocation))
    case .call(let inputs): await attempt(effect, request(effect, inputs, nil))
    case .awaitCallback: break
    case .unsubscribe(let inputs, let location):
      let subscribed = state.instances[address]?.inputs ?? .null
      var request = request(effect, inputs ?? subscribed, location)
      request.purpose = inputs == nil ? .unsubscription : .call
      let result = await performer.perform(request)
      done.insert(effect.key)
      await post(.unsubscribed(address, result))
    }
  }

  private func attempt(_ effect: Effect, _ request: ActionRequest) async {
    let result = await performer.perform(request)
    guard !Task.isCancelled else { return }
    done.insert(effect.key)
    await post(.attemptFinished(request.address, result))
  }

  private func request(_ effect: Effect, _ inputs: JSON, _ pollLocation: String?) -> ActionRequest {
    var request = ActionRequest(
      run: run,
      flow: record.flow,
      address: effect.key.address,
      action: state.plan.actions[effect.key.address.action],
      idempotencyKey: "\(run)/\(state.plan.spelled(effect.key.address))",
      attempt: effect.key.attempt,
      inputs: inputs,
      pollLocation: pollLocation
    )
    request.isSecret = state.instances[effect.key.address]?.secrecy.inputs ?? false
    request.clientTrackingID = state.started?.clientTrackingID
    return request
  }

  private func finish() {
    for (key, task) in tasks where !done.contains(key) { task.cancel() }
    tasks.removeAll()
    done.removeAll()
    for waiter in waiters { waiter.resume() }
    waiters.removeAll()
    for caller in callers.values { caller.resume() }
    callers.removeAll()
  }

  private func answerCallers() {
    isAnswered = true
    for caller in callers.values { caller.resume() }
    callers.removeAll()
  }
}
