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
  let environment: Environment
  let performer: any ActionPerformer
  let coding: JournalCoding
  var record: RunRecord
  var state: RunState
  var creation: RunCreation?
  var inbox: [RunInput] = []
  var isPumping = false
  var tasks: [Effect.Key: Task<Void, Never>] = [:]
  /// Effects that are done and whose input is not decided yet; their tasks must not be cancelled,
  /// because they may be the ones that decide.
  var done: Set<Effect.Key> = []
  /// The task of an effect that decides now.
  var decider: Task<Void, Never>?
  /// What the deciding task goes on with, so that not every step costs a task of its own.
  var next: Effect?
  var failure: RuntimeFailure?
  var waiters: [CheckedContinuation<Void, Never>] = []
  /// Who waits until what is in the inbox is durable.
  var arrivals: [CheckedContinuation<Void, Never>] = []
  /// Those who go on as soon as a Response answered.
  var callers: [Int: CheckedContinuation<Void, Never>] = [:]
  var callerCount = 0
  /// Whether the answer is durable.
  var isAnswered: Bool
  /// Whether somebody stays with the run, however long it waits.
  var isAttended: Bool
  /// Whether no other effect is to begin.
  var isDraining: Bool
  /// Effects that wait for their time.
  var asleep: Set<Effect.Key> = []
  /// How many effects are being performed.
  var activityCount = 0
  /// Where this driver is listed while it has something to do.
  let live: LiveRuns
  let observers: RunObservers.Joined

  /// Takes a run in the state in which its journal left it; a new run has a `creation`.
  init(
    record: RunRecord,
    state: RunState,
    creation: RunCreation?,
    environment: Environment,
    performer: any ActionPerformer,
    live: LiveRuns,
    observers: RunObservers.Joined
  ) {
    run = record.id
    self.record = record
    self.state = state
    isAnswered = state.response != nil
    self.creation = creation
    self.environment = environment
    self.performer = performer
    self.live = live
    self.observers = observers
    isAttended = creation?.origin.isAttended ?? false
    isDraining = creation?.origin.isDetached ?? false
    coding = JournalCoding(run: record.id, vault: environment.vault)
  }

  /// Takes an input in; returns once it is decided and durable, or queued behind a running commit.
  package func post(_ input: RunInput) async {
    inbox.append(input)
    await pump()
  }

  /// Takes an input in; returns once it is decided and durable.
  ///
  /// - Throws: `RuntimeFailure`, `ownedElsewhere` or a conflict of the store when somebody else drives
  ///   the run now.
  func deliver(_ input: RunInput) async throws(RuntimeFailure) {
    try check()
    inbox.append(input)
    if isPumping {
      await withCheckedContinuation { arrivals.append($0) }
    } else {
      await pump()
    }
    try check()
  }

  /// When the first request of an action left, durable before it does.
  ///
  /// - Returns: The recorded time, the same for every repetition; `nil` when it could not be kept,
  ///   and then the request must not leave.
  func firstSent(_ address: ActionAddress) async -> Timestamp? {
    if state.instances[address]?.firstSent == nil || isPumping {
      inbox.append(.departing(address))
      if isPumping {
        await withCheckedContinuation { arrivals.append($0) }
      } else {
        await pump()
      }
    }
    return failure == nil ? state.instances[address]?.firstSent : nil
  }

  /// Goes on after the state was folded from the journal.
  ///
  /// The input is decided before anything else is done, because it may be that nothing is to be.
  func resume(with input: RunInput) async {
    if !isEnded { inbox.append(input) }
    await pump()
    if failure == nil, !isLeft, !isEnded { launchEffects() }
  }

  /// Throws if the run could not be made durable.
  func check() throws(RuntimeFailure) {
    if let failure { throw failure }
  }

  /// Waits for the end of the run and returns its final state.
  ///
  /// - Throws: `RuntimeFailure` when the run could not be driven to its end here.
  package func end() async throws(RuntimeFailure) -> RunState {
    if !isOver {
      await withCheckedContinuation { continuation in
        waiters.append(continuation)
        goOn()
      }
    }
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

  // Who waits for a run that was left to the store has it taken back.
  private func goOn() {
    if isLeft, !isPumping { _ = environment.spawn { await self.pump() } }
  }

  private func answered(by deadline: Timestamp) async {
    callerCount += 1
    let caller = callerCount
    let clock = environment.clock
    let timer = environment.spawn {
      guard (try? await clock.sleep(until: deadline)) != nil else { return }
      await self.giveUp(caller)
    }
    await withCheckedContinuation { continuation in
      callers[caller] = continuation
      goOn()
    }
    timer.cancel()
  }

  // What nobody waits for any more may be left to the store.
  private func giveUp(_ caller: Int) async {
    callers.removeValue(forKey: caller)?.resume()
    await pump()
  }

  /// The state now.
  package var current: RunState { state }

  var isOver: Bool { failure != nil || (isEnded && !isPumping) }

  /// Whether the run has ended and nothing is left to clean up.
  var isEnded: Bool { look { $0.isOver } }

  /// Asks the state something where it is; a method called on the property gets a copy of it all.
  func look<Answer>(_ question: (inout RunState) -> Answer) -> Answer { question(&state) }

  // MARK: Deciding

  func pump() async {
    guard !isPumping, failure == nil else { return }
    isPumping = true
    while failure == nil {
      if !inbox.isEmpty || look({ $0.hasReadyWork }) {
        launchNext()
        await step()
      } else if isToBeLeft {
        await leave()
      } else if isLeft, isWaitedFor {
        inbox.append(.proceed)
      } else {
        break
      }
    }
    isPumping = false
    greet(&arrivals)
    if isOver || isLeft { finish() } else { concludeDraining() }
  }

  func greet(_ arrivals: inout [CheckedContinuation<Void, Never>]) {
    for arrival in arrivals { arrival.resume() }
    arrivals.removeAll()
  }

  func step() async {
    if isLeft {
      await takeBack()
      guard failure == nil else { return }
    }
    let inputs = inbox.isEmpty ? [.proceed] : inbox
    inbox.removeAll(keepingCapacity: true)
    var heard = arrivals
    arrivals.removeAll()
    defer { greet(&heard) }
    let before = state.version
    let events = state.decide(
      inputs,
      now: environment.clock.now(),
      seed: environment.entropy.number(),
      surroundings: Surroundings(
        setting: environment.setting,
        callbackURL: environment.callbackURL
      )
    )
    guard !events.isEmpty else { return }
    await commit(events, expecting: before)
    // While a slow disk wrote that it is left, its time may have come, and somebody else drives it.
    if failure == nil, !isLeft { launchEffects() }
  }
}
