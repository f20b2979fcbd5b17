import Definitions
import OrderedJSON
import Timekeeping

/// How frames open, fill and close as actions end.
extension RunState {
  mutating func openFrame(_ key: FrameKey) {
    let block = plan.blocks[key.block]
    guard !block.actions.isEmpty else {
      frameEnded(key)
      return
    }
    let waiting = block.actions.map { plan.actions[$0].predecessors.count }
    frames[key] = Frame(waiting: waiting, remaining: block.actions.count)
    for (position, count) in waiting.enumerated() where count == 0 {
      let action = block.actions[position]
      ready.append(.start(ActionAddress(action: action, indices: key.indices)))
    }
  }

  /// Opens the taken block; the actions of the others are skipped.
  mutating func openBranch(_ action: PlannedAction, _ address: ActionAddress, taken: Int?) {
    let time = instances[address]?.startTime ?? Timestamp(ticks: 0)
    for (position, block) in action.blocks.enumerated() where position != taken {
      skipBlock(block, address.indices, at: time)
    }
    guard let taken, action.blocks.indices.contains(taken) else {
      ready.append(.finish(address))
      return
    }
    openFrame(FrameKey(block: action.blocks[taken], indices: address.indices))
  }

  private mutating func skipBlock(_ block: Int, _ indices: [Int], at time: Timestamp) {
    for action in plan.blocks[block].actions {
      let address = ActionAddress(action: action, indices: indices)
      skip(address, code: "ActionBranchingConditionNotSatisfied", at: time)
      skipContent(of: address, at: time)
    }
  }

  /// Marks everything inside a skipped container; the content of loops has no instances.
  private mutating func skipContent(of address: ActionAddress, at time: Timestamp) {
    let action = plan.actions[address.action]
    guard !action.step.isLoop else { return }
    for block in action.blocks { skipBlock(block, address.indices, at: time) }
  }

  // MARK: Loops

  mutating func openIterations(of address: ActionAddress, degree: Int) {
    guard let loop = instances[address]?.loop else { return }
    let body = plan.actions[address.action].blocks[0]
    if plan.blocks[body].actions.isEmpty || loop.items.isEmpty {
      instances[address]?.loop?.started = loop.items.count
      ready.append(.finish(address))
      return
    }
    for _ in 0..<min(isNested(address) ? 1 : degree, loop.items.count) {
      openNextIteration(of: address)
    }
  }

  /// A Foreach inside another one runs one element at a time.
  ///
  /// Source: workflow language reference, section d.3.
  private func isNested(_ address: ActionAddress) -> Bool {
    plan.actions[address.action].loops.contains {
      if case .forEach = plan.actions[$0].step { true } else { false }
    }
  }

  mutating func openNextIteration(of address: ActionAddress) {
    guard let index = instances[address]?.loop?.started else { return }
    instances[address]?.loop?.started += 1
    instances[address]?.loop?.running += 1
    let body = plan.actions[address.action].blocks[0]
    openFrame(FrameKey(block: body, indices: address.indices + [index]))
  }

  mutating func applyIterationTested(_ event: RunEvent.IterationTested) {
    ready.removeFirst(if: .finish(event.address))
    guard instances[event.address]?.status == .running else { return }
    guard event.isDone else {
      openNextIteration(of: event.address)
      return
    }
    instances[event.address]?.loop?.isDone = true
    ready.append(.finish(event.address))
  }

  // MARK: Ends

  /// Counts an ended action down in its frame and readies what waited for it.
  mutating func settle(_ address: ActionAddress) {
    let action = plan.actions[address.action]
    let key = FrameKey(block: action.block, indices: address.indices)
    guard frames[key] != nil else { return }
    let block = plan.blocks[action.block]
    for successor in action.successors {
      frames[key]?.waiting[successor] -= 1
      if frames[key]?.waiting[successor] == 0 {
        let next = ActionAddress(action: block.actions[successor], indices: address.indices)
        ready.append(.start(next))
      }
    }
    frames[key]?.remaining -= 1
    if frames[key]?.remaining == 0 { frameEnded(key) }
  }

  private mutating func frameEnded(_ key: FrameKey) {
    let block = plan.blocks[key.block]
    guard let container = block.container else {
      ready.append(.finishRun)
      return
    }
    guard plan.actions[container].step.isLoop else {
      ready.append(.finish(ActionAddress(action: container, indices: key.indices)))
      return
    }
    iterationEnded(key, of: ActionAddress(action: container, indices: key.indices.dropLast()))
  }

  private mutating func iterationEnded(_ key: FrameKey, of address: ActionAddress) {
    let status = blockStatus(key)
    frames[key] = nil
    guard var loop = instances[address]?.loop else { return }
    loop.running -= 1
    switch plan.actions[address.action].step {
    case .forEach:
      loop.status = BlockStatus.merged(loop.status, status)
      instances[address]?.loop = loop
      if loop.started < loop.items.count {
        openNextIteration(of: address)
      } else if loop.running == 0 {
        ready.append(.finish(address))
      }
    default:
      loop.status = status
      instances[address]?.loop = loop
      ready.append(.finish(address))
    }
  }

  /// What the actions of a frame come to.
  func blockStatus(_ key: FrameKey) -> ActionStatus {
    BlockStatus.status(of: plan.blocks[key.block], in: plan) { action in
      instances[ActionAddress(action: action, indices: key.indices)]?.status
    }
  }

  /// Ends what is still open inside an action that ended from outside, and its effects.
  mutating func close(_ address: ActionAddress) {
    outstanding.removeAll { $0.key.address == address }
    let action = plan.actions[address.action]
    guard action.step.isContainer, let ended = instances[address] else { return }
    if ended.status == .skipped {
      skipContent(of: address, at: ended.startTime)
    } else {
      closeFrames(inside: action, address, at: ended.endTime ?? ended.startTime)
    }
  }

  private mutating func closeFrames(
    inside action: PlannedAction,
    _ address: ActionAddress,
    at time: Timestamp
  ) {
    let inner = frames.keys.filter { key in
      action.blocks.contains(key.block) && key.indices.starts(with: address.indices)
    }
    for key in inner {
      let remaining = frames.removeValue(forKey: key)?.remaining ?? 0
      guard remaining > 0 else { continue }
      for index in plan.blocks[key.block].actions {
        cancel(ActionAddress(action: index, indices: key.indices), at: time)
      }
    }
  }

  private mutating func cancel(_ address: ActionAddress, at time: Timestamp) {
    ready.removeAll { $0 == .start(address) || $0 == .finish(address) }
    guard let instance = instances[address] else {
      skip(address, code: "Terminated", at: time)
      return
    }
    guard !instance.status.isTerminal else { return }
    instances[address]?.status = .cancelled
    instances[address]?.code = "ActionCancelled"
    instances[address]?.endTime = time
    close(address)
  }
}
