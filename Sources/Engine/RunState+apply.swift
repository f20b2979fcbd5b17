import Definitions
import OrderedJSON
import Timekeeping

extension RunState {
  /// Takes one fact in; total, so that any journal folds.
  package mutating func apply(_ event: RunEvent) {
    version += 1
    switch event {
    case .runStarted(let event): applyRunStarted(event)
    case .carriedOver(let event): applyCarriedOver(event)
    case .actionStarted(let event): applyActionStarted(event)
    case .departed(let event): instances[event.address]?.firstSent = event.time
    case .attemptEnded(let event): applyAttemptEnded(event)
    case .iterationTested(let event): applyIterationTested(event)
    case .subscribed(let event): applySubscribed(event)
    case .unsubscribing(let event): applyUnsubscribing(event)
    case .unsubscribed(let event): applyUnsubscribed(event)
    case .actionEnded(let event): applyActionEnded(event)
    case .actionCarried(let event): applyActionCarried(event)
    case .cancelRequested: isCancelRequested = true
    case .runEnded(let event): applyRunEnded(event)
    }
  }

  private mutating func applyRunStarted(_ event: RunEvent.RunStarted) {
    started = event
    openFrame(FrameKey(block: Plan.root, indices: []))
  }

  // MARK: Actions

  private mutating func applyActionStarted(_ event: RunEvent.ActionStarted) {
    ready.removeFirst(if: .start(event.address))
    guard let action = action(at: event.address) else { return }
    var instance = ActionInstance(status: .running, startTime: event.time)
    instance.inputs = event.inputs
    instance.secrecy.inputs = event.isSecret
    instance.branch = event.branch
    instance.due = event.due
    if event.due != nil { instance.status = .waiting }
    store(instance, at: event.address)
    secrets.add(instance.secrecy, outputs: nil, of: event.address.action)
    open(action, event)
  }

  private mutating func open(_ action: PlannedAction, _ event: RunEvent.ActionStarted) {
    let address = event.address
    if let timeout = action.timeout {
      let key = Effect.Key(address, .deadline)
      outstanding.append(Effect(key: key, kind: .wake, due: event.time + timeout))
    }
    switch action.step {
    case .scope: openFrame(FrameKey(block: action.blocks[0], indices: address.indices))
    case .condition, .switching: openBranch(action, address, taken: event.branch)
    case .forEach(_, let degree):
      instances[address]?.loop = LoopProgress(items: event.inputs?.arrayValue ?? [])
      openIterations(of: address, degree: degree)
    case .until:
      instances[address]?.loop = LoopProgress(items: [])
      openNextIteration(of: address)
    default: expectEffect(of: action, event)
    }
  }

  private mutating func expectEffect(of action: PlannedAction, _ event: RunEvent.ActionStarted) {
    let key = Effect.Key(event.address, .attempt, attempt: 1)
    let kind = event.due == nil ? effect(of: action, event.inputs, pollLocation: nil) : .wake
    outstanding.append(Effect(key: key, kind: kind, due: event.due))
  }

  private func effect(of action: PlannedAction, _ inputs: JSON?, pollLocation: String?)
    -> Effect.Kind
  {
    let inputs = inputs ?? .null
    switch action.step {
    case .call: return .call(inputs: inputs)
    case .webhook: return .send(inputs: inputs["subscribe"] ?? inputs, pollLocation: nil)
    default: return .send(inputs: inputs, pollLocation: pollLocation)
    }
  }

  private mutating func applyAttemptEnded(_ event: RunEvent.AttemptEnded) {
    guard let action = action(at: event.address), var instance = instances[event.address],
      !instance.status.isTerminal
    else { return }
    // An accepted request is still the same attempt; only failures are told apart.
    if event.attempt.error != nil { instance.attempts.append(event.attempt) }
    instance.due = event.next
    instance.pollLocation = event.pollLocation
    instances[event.address] = instance
    dropEffects(of: event.address, keeping: .deadline)
    let key = Effect.Key(event.address, .attempt, attempt: event.attempt.number &+ 1)
    let kind = effect(of: action, instance.inputs, pollLocation: event.pollLocation)
    outstanding.append(Effect(key: key, kind: kind, due: event.next))
  }

  private mutating func applyActionEnded(_ event: RunEvent.ActionEnded) {
    ready.removeFirst(if: .start(event.address))
    ready.removeFirst(if: .finish(event.address))
    guard let action = action(at: event.address) else { return }
    let previous = instances[event.address]?.status
    guard previous?.isTerminal != true else { return }
    end(event.address, event)
    if let change = event.variable { apply(change) }
    actionEnded(action, event.address, wasStarted: previous != nil, at: event.time)
  }

  /// What follows from the end of an action, whose instance is stored.
  mutating func actionEnded(
    _ action: PlannedAction,
    _ address: ActionAddress,
    wasStarted: Bool,
    at time: Timestamp
  ) {
    let status = instances[address]?.status
    if case .respond = action.step, status == .succeeded, response == nil { response = address }
    if wasStarted { dropEffects(of: address) }
    if action.step.isContainer { closeContent(of: address, wasStarted: wasStarted, at: time) }
    settle(address)
  }

  private mutating func end(_ address: ActionAddress, _ event: RunEvent.ActionEnded) {
    var instance = instances[address] ?? ActionInstance(status: .running, startTime: event.time)
    instance.status = event.status
    instance.code = event.code
    instance.endTime = event.time
    instance.inputs = event.inputs ?? instance.inputs
    instance.outputs = event.outputs
    instance.error = event.error
    instance.trackedProperties = event.trackedProperties
    instance.due = nil
    if let attempt = event.attempt { instance.attempts.append(attempt) }
    instance.secrecy.inputs = instance.secrecy.inputs || event.secrecy.inputs
    instance.secrecy.outputs = event.secrecy.outputs
    instance.secrecy.outputPointers = event.secrecy.outputPointers
    secrets.add(instance.secrecy, outputs: instance.outputs, of: address.action)
    store(instance, at: address)
  }

  mutating func store(_ instance: ActionInstance, at address: ActionAddress) {
    if instances.updateValue(instance, forKey: address) == nil { order.append(address) }
  }

  private mutating func apply(_ change: VariableChange) {
    let key = change.name.lowercased()
    variables[key] = Variable(
      name: variables[key]?.name ?? change.name,
      type: change.type ?? variables[key]?.type ?? "object",
      value: change.value,
      isSecret: change.isSecret
    )
  }

  mutating func dropEffects(of address: ActionAddress, keeping kept: Effect.Key.Purpose? = nil) {
    guard !outstanding.isEmpty else { return }
    outstanding.removeAll { effect in
      effect.key.address == address && effect.key.purpose != kept
        && effect.key.purpose != .unsubscription
    }
  }

  func action(at address: ActionAddress) -> PlannedAction? {
    plan.actions.indices.contains(address.action) ? plan.actions[address.action] : nil
  }

  // MARK: End

  private mutating func applyRunEnded(_ event: RunEvent.RunEnded) {
    status = event.status
    code = event.code
    error = event.error
    outputs = event.outputs
    outputsAreSecret = event.isSecret
    endTime = event.time
    // Whatever did not end by itself ends with the run; section f.4.
    let closing = Closing(time: event.time, skipped: "Terminated", cancelled: "Terminated")
    close(FrameKey(block: Plan.root, indices: []), closing)
    outstanding.removeAll { $0.key.purpose != .unsubscription }
    ready = ReadyQueue()
    frames.removeAll()
  }
}
