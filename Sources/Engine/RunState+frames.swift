import Definitions
import OrderedJSON
import Timekeeping

/// How frames open, fill and end.
extension RunState {
  mutating func openFrame(_ key: FrameKey) {
    let block = plan.blocks[key.block]
    guard !block.actions.isEmpty else {
      frameEnded(key)
      return
    }
    frames[key] = Frame(waiting: block.predecessorCounts, remaining: block.actions.count)
    for position in block.starts {
      ready.append(.start(ActionAddress(action: block.actions[position], indices: key.indices)))
    }
  }

  /// Opens the taken block; the actions of the others are skipped.
  mutating func openBranch(_ action: PlannedAction, _ address: ActionAddress, taken: Int?) {
    let time = instances[address]?.startTime ?? Timestamp(ticks: 0)
    for (position, block) in action.blocks.enumerated() where position != taken {
      skipBlock(block, address.indices, code: Self.branchNotTaken, at: time)
    }
    guard let taken, action.blocks.indices.contains(taken) else {
      ready.append(.finish(address))
      return
    }
    openFrame(FrameKey(block: action.blocks[taken], indices: address.indices))
  }

  // MARK: Loops

  mutating func openIterations(of address: ActionAddress, degree: Int) {
    guard let instance = instances[address], let loop = instance.loop else { return }
    let body = plan.actions[address.action].blocks[0]
    if plan.blocks[body].actions.isEmpty || loop.items.isEmpty {
      instances[address]?.loop?.started = loop.items.count
      skipContent(of: address, code: Self.branchNotTaken, at: instance.startTime)
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
    instances[address]?.loop?.running.append(index)
    let body = plan.actions[address.action].blocks[0]
    openFrame(FrameKey(block: body, indices: address.indices + [index]))
  }

  mutating func applyIterationTested(_ event: RunEvent.IterationTested) {
    ready.removeFirst(if: .finish(event.address))
    guard let action = action(at: event.address), action.step.isLoop,
      instances[event.address]?.status == .running
    else { return }
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
    guard var frame = frames.removeValue(forKey: key) else { return }
    let block = plan.blocks[action.block]
    for successor in action.successors {
      frame.waiting[successor] -= 1
      guard frame.waiting[successor] == 0 else { continue }
      let next = ActionAddress(action: block.actions[successor], indices: address.indices)
      ready.append(.start(next))
    }
    frame.remaining -= 1
    let isEmpty = frame.remaining == 0
    frames[key] = frame
    if isEmpty { frameEnded(key) }
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
    guard let index = key.indices.last, instances[address]?.loop != nil else { return }
    instances[address]?.loop?.running.removeAll { $0 == index }
    guard case .forEach = plan.actions[address.action].step else {
      instances[address]?.loop?.status = status
      ready.append(.finish(address))
      return
    }
    mergeIteration(status, of: address)
  }

  private mutating func mergeIteration(_ status: ActionStatus, of address: ActionAddress) {
    let before = instances[address]?.loop?.status ?? .succeeded
    instances[address]?.loop?.status = BlockStatus.merged(before, status)
    guard let loop = instances[address]?.loop else { return }
    if loop.started < loop.items.count {
      openNextIteration(of: address)
    } else if loop.running.isEmpty {
      ready.append(.finish(address))
    }
  }

  /// What the actions of a frame come to.
  func blockStatus(_ key: FrameKey) -> ActionStatus {
    BlockStatus.status(of: plan.blocks[key.block], in: plan) { action in
      instances[ActionAddress(action: action, indices: key.indices)]?.status
    }
  }
}
