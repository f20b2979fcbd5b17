import Definitions
import Expressions
import OrderedJSON
package import Timekeeping

/// Decides what follows from an input, one event at a time, on a state of its own.
///
/// Pure: the time and the random seed come in as values.
struct Decision {
  fileprivate(set) var state: RunState
  private(set) var events: [RunEvent] = []
  let now: Timestamp
  let random: RandomSource
  let surroundings: Surroundings

  /// Events in one decision before it stops and asks to proceed, so that a long loop of pure steps
  /// neither holds the thread nor grows one transaction without bound.
  static let eventLimit = 512

  init(
    state: consuming RunState,
    now: Timestamp,
    seed: UInt64,
    surroundings: Surroundings = Surroundings()
  ) {
    self.state = state
    self.now = now
    self.surroundings = surroundings
    random = RandomSource(seed: seed)
  }

  /// Takes one input; an input that the state does not expect any more changes nothing.
  fileprivate mutating func take(_ input: RunInput) {
    if case .unsubscribed(let address, let result) = input { unsubscribed(address, result) }
    guard !state.status.isTerminal else { return }
    switch input {
    case .start(let started):
      guard state.started == nil else { return }
      emit(.runStarted(started))
    case .replay(let started, let carried):
      guard state.started == nil else { return }
      emit(.runStarted(started))
      emit(.carriedOver(carried))
    case .proceed: break
    case .departing(let address): departing(address)
    case .attemptFinished(let address, let result): attemptFinished(address, result)
    case .woke(let address): woke(address)
    case .deadline(let address): deadlinePassed(address)
    case .callback(let address, let outputs): calledBack(address, outputs)
    case .unsubscribed: break
    case .cancel: cancel()
    }
    drain()
  }

  mutating func emit(_ event: RunEvent) {
    state.apply(event)
    events.append(event)
  }

  /// Works off what is ready, in order.
  private mutating func drain() {
    endSubscriptions()
    while events.count < Self.eventLimit, !state.status.isTerminal, let item = state.ready.first {
      switch item {
      case .start(let address): start(address)
      case .finish(let address): finish(address)
      case .finishRun: finishRun()
      }
      endSubscriptions()
    }
  }

  // MARK: Run

  private mutating func cancel() {
    guard !state.isCancelRequested else { return }
    emit(.cancelRequested(now))
    end(RunEnd(status: .cancelled, code: "Cancelled"))
  }

  struct RunEnd {
    var status: RunStatus
    var code: String?
    var error: JSON?
  }

  mutating func end(_ end: RunEnd, outputs: JSON? = nil, isSecret: Bool = false) {
    endSubscriptions(evenIfOpen: true)
    emit(
      .runEnded(
        RunEvent.RunEnded(
          time: now,
          status: end.status,
          code: end.code,
          error: end.error,
          outputs: outputs,
          isSecret: isSecret
        )
      )
    )
  }

  private mutating func finishRun() {
    let status = state.blockStatus(FrameKey(block: Plan.root, indices: []))
    var end = RunEnd(status: RunStatus(status))
    if status != .succeeded {
      end.code = "ActionFailed"
      end.error = ActionFailure.noDependentSucceeded.json
    }
    finishRun(end)
  }

  private mutating func finishRun(_ end: RunEnd) {
    guard !state.plan.outputs.isEmpty else {
      self.end(end)
      return
    }
    var outputs = JSONObject()
    var isSecret = false
    let scope = self.scope(for: nil)
    for output in state.plan.outputs {
      guard let value = try? output.value.template.evaluate(in: scope) else { continue }
      outputs[output.name] = ["value": value]
      isSecret = isSecret || isTainted(output.value, value, at: nil)
    }
    self.end(end, outputs: .object(outputs), isSecret: isSecret)
  }
}

extension RunState {
  /// Decides what follows from inputs, one after the other, and takes it in.
  ///
  /// In place: a copy of a state costs as much as the decision.
  ///
  /// - Parameters:
  ///   - inputs: Those that the state does not expect any more change nothing.
  ///   - now: The time at which it is decided.
  ///   - seed: What random numbers begin with.
  ///   - surroundings: What expressions may ask for.
  /// - Returns: The events, in order, which are applied already.
  package mutating func decide(
    _ inputs: [RunInput],
    now: Timestamp,
    seed: UInt64,
    surroundings: Surroundings = Surroundings()
  ) -> [RunEvent] {
    var decision = Decision(
      state: RunState(plan: plan),
      now: now,
      seed: seed,
      surroundings: surroundings
    )
    swap(&decision.state, &self)
    for input in inputs { decision.take(input) }
    swap(&decision.state, &self)
    return decision.events
  }
}

extension RunStatus {
  /// How a run ends whose root block came to this.
  init(_ status: ActionStatus) {
    switch status {
    case .failed: self = .failed
    case .timedOut: self = .timedOut
    case .cancelled: self = .cancelled
    default: self = .succeeded
    }
  }
}
