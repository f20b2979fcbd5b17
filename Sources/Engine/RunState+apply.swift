import Definitions
import OrderedJSON
import Timekeeping

extension RunState {
  /// Takes one fact in; total, so that any journal folds.
  package mutating func apply(_ event: RunEvent) {
    version += 1
    switch event {
    case .runStarted(let event): applyRunStarted(event)
    case .actionStarted(let event): applyActionStarted(event)
    case .attemptEnded(let event): applyAttemptEnded(event)
    case .iterationTested(let event): applyIterationTested(event)
    case .actionEnded(let event): applyActionEnded(event)
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
    open(action, event)
  }

  private mutating func open(_ action: PlannedAction, _ event: RunEvent.ActionStarted) {
    let address = event.address
    if let timeout = action.timeout {
      let key = Effect.Key(address: address, attempt: 0, isDeadline: true)
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
    default: expectEffect(of: address, event.inputs ?? .null, due: event.due)
    }
  }

  private mutating func expectEffect(of address: ActionAddress, _ inputs: JSON, due: Timestamp?) {
    let key = Effect.Key(address: address, attempt: 1, isDeadline: false)
    let isWait = due != nil
    let kind: Effect.Kind = isWait ? .wake : .send(inputs: inputs, pollLocation: nil)
    outstanding.append(Effect(key: key, kind: kind, due: due))
  }

  private mutating func applyAttemptEnded(_ event: RunEvent.AttemptEnded) {
    guard var instance = instances[event.address], !instance.status.isTerminal else { return }
    let isPoll = event.pollLocation != nil
    if !isPoll { instance.attempts.append(event.attempt) }
    instance.due = event.next
    instance.pollLocation = event.pollLocation
    instances[event.address] = instance
    outstanding.removeAll { $0.key.address == event.address && !$0.key.isDeadline }
    let number = isPoll ? event.attempt.number + 1 : instance.nextAttempt
    let key = Effect.Key(address: event.address, attempt: number, isDeadline: false)
    let kind = Effect.Kind.send(inputs: instance.inputs ?? .null, pollLocation: event.pollLocation)
    outstanding.append(Effect(key: key, kind: kind, due: event.next))
  }

  private mutating func applyActionEnded(_ event: RunEvent.ActionEnded) {
    ready.removeFirst(if: .start(event.address))
    ready.removeFirst(if: .finish(event.address))
    guard action(at: event.address) != nil else { return }
    guard instances[event.address]?.status.isTerminal != true else { return }
    end(event.address, event)
    if let change = event.variable { apply(change) }
    close(event.address)
    settle(event.address)
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
    store(instance, at: address)
    collectSecrets(instance)
  }

  private mutating func store(_ instance: ActionInstance, at address: ActionAddress) {
    if instances.updateValue(instance, forKey: address) == nil { order.append(address) }
  }

  private mutating func apply(_ change: VariableChange) {
    let key = change.name.lowercased()
    let known = variables[key]
    variables[key] = Variable(
      name: known?.name ?? change.name,
      type: change.type ?? known?.type ?? "object",
      value: change.value,
      isSecret: change.isSecret
    )
  }

  /// Remembers the texts behind secret pointers, to find them again where they are used.
  private mutating func collectSecrets(_ instance: ActionInstance) {
    for pointer in instance.secrecy.outputPointers {
      guard let pointer = JSONPointer(text: pointer), let outputs = instance.outputs else {
        continue
      }
      outputs.collectTexts(at: pointer.tokens[...], into: &secretTexts)
    }
  }

  // MARK: End

  private mutating func applyRunEnded(_ event: RunEvent.RunEnded) {
    status = event.status
    code = event.code
    error = event.error
    outputs = event.outputs
    outputsAreSecret = event.isSecret
    endTime = event.time
    cancelOpenInstances(event)
    outstanding.removeAll()
    ready = ReadyQueue()
    frames.removeAll()
  }

  /// Whatever did not end by itself ends with the run.
  ///
  /// Source: workflow language reference, section f.4.
  private mutating func cancelOpenInstances(_ event: RunEvent.RunEnded) {
    for (key, frame) in frames where frame.remaining > 0 {
      for action in plan.blocks[key.block].actions {
        let address = ActionAddress(action: action, indices: key.indices)
        guard instances[address] == nil else { continue }
        skip(address, code: "Terminated", at: event.time)
      }
    }
    for (address, instance) in instances where !instance.status.isTerminal {
      instances[address]?.status = .cancelled
      instances[address]?.code = event.code ?? "Cancelled"
      instances[address]?.endTime = event.time
    }
  }

  func action(at address: ActionAddress) -> PlannedAction? {
    plan.actions.indices.contains(address.action) ? plan.actions[address.action] : nil
  }

  mutating func skip(_ address: ActionAddress, code: String, at time: Timestamp) {
    var instance = ActionInstance(status: .skipped, startTime: time)
    instance.code = code
    instance.endTime = time
    store(instance, at: address)
  }
}

extension JSON {
  /// Adds every text at or below the path that is long enough to be a secret.
  fileprivate func collectTexts(at path: ArraySlice<String>, into texts: inout Set<String>) {
    let rest = path.dropFirst()
    switch self {
    case .string(let text) where path.isEmpty:
      if text.utf8.count >= 8 { texts.insert(text) }
    case .object(let object):
      for member in object.members where path.isEmpty || ["*", member.key].contains(path.first) {
        member.value.collectTexts(at: rest, into: &texts)
      }
    case .array(let array):
      for (index, value) in array.enumerated()
      where path.isEmpty || ["*", String(index)].contains(path.first) {
        value.collectTexts(at: rest, into: &texts)
      }
    default: break
    }
  }
}
