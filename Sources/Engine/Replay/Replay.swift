package import Definitions

/// What a replay of a run takes over, and what it does again.
///
/// Pure: the state of the run that is repeated and the plan of the new one come in as values.
///
/// Source: workflow language reference, section f.10, without the product's limits on loops and
/// branches.
package struct Replay: Sendable {
  package enum Start: Hashable, Sendable {
    /// Everything runs again.
    case trigger
    /// What failed, timed out, was cancelled or skipped runs again, and whatever comes after it.
    case failed
    /// These actions run again, in every iteration, and whatever comes after them.
    case actions(Set<Int>)
  }

  /// One action instance that may run again.
  package struct Repetition: Hashable, Sendable {
    /// In the new plan.
    package var address: ActionAddress
    /// How it ended before; `nil` when it did not come to it.
    package var previous: ActionStatus?
    /// Whether it may have changed something outside then: nobody refused it.
    package var mayHaveActed: Bool
    /// Whether it runs again because it, or something that it reads, was changed.
    package var isChanged: Bool
  }

  /// The results that are taken over, by their place in the new plan.
  package private(set) var results: [ActionAddress: ActionInstance] = [:]
  /// What may run again, in the order of the first run, then of the plan.
  package private(set) var repetitions: [Repetition] = []
  /// The names of actions that the new plan no longer has.
  package private(set) var removed: [String] = []

  private let plan: Plan
  private let instances: [ActionAddress: ActionInstance]
  private let order: [ActionAddress]
  private let changed: Set<Int>
  private var again: Set<ActionAddress> = []
  /// Containers that are kept but in which something runs again; for a loop, its first iteration.
  private var open: [ActionAddress: Int] = [:]

  /// Decides for every action instance of a run that ended.
  ///
  /// `changed` are places in the new plan of actions whose results no longer count.
  package init(of parent: RunState, on plan: Plan, from start: Start, changed: Set<Int> = []) {
    self.plan = plan
    self.changed = changed
    let mapping = parent.plan.actions.map { plan.place(ofAction: $0.name) }
    var instances: [ActionAddress: ActionInstance] = [:]
    var order: [ActionAddress] = []
    for address in parent.order {
      guard let instance = parent.instances[address], let place = mapping[address.action] else {
        continue
      }
      let moved = ActionAddress(action: place, indices: address.indices)
      instances[moved] = instance
      order.append(moved)
    }
    self.instances = instances
    self.order = order
    removed = parent.plan.actions.filter { mapping[$0.index] == nil }.map(\.name)
    markRoots(start)
    collect(start)
  }

  // MARK: What runs again

  private mutating func markRoots(_ start: Start) {
    for address in order.reversed() where isRoot(address, start) { markAgain(address) }
  }

  private func isRoot(_ address: ActionAddress, _ start: Start) -> Bool {
    guard !changed.contains(address.action), let instance = instances[address] else { return true }
    // What ended the run early must not do so before the rest had its chance.
    if case .terminate = plan.actions[address.action].step { return true }
    switch start {
    case .trigger: return true
    case .actions(let places): return places.contains(address.action)
    case .failed: return instance.status != .skipped && hasFailed(address, instance)
    }
  }

  private func hasFailed(_ address: ActionAddress, _ instance: ActionInstance) -> Bool {
    guard instance.status != .succeeded else { return false }
    let action = plan.actions[address.action]
    // A container fails with its content, which is then what runs again.
    guard action.step.isContainer, action.staticResult == nil else { return true }
    return open[address] == nil && !again.contains(address)
  }

  private func isInside(_ address: ActionAddress, _ container: ActionAddress) -> Bool {
    guard address.indices.starts(with: container.indices) else { return false }
    var place: Int? = address.action
    while let current = place {
      place = plan.blocks[plan.actions[current].block].container
      if place == container.action { return true }
    }
    return false
  }

  /// Marks an instance, what it contains, and everything after it.
  private mutating func markAgain(_ address: ActionAddress) {
    guard again.insert(address).inserted else { return }
    if plan.actions[address.action].step.isContainer {
      for inner in order where isInside(inner, address) { again.insert(inner) }
    }
    markSuccessors(of: address)
  }

  private mutating func markSuccessors(of address: ActionAddress) {
    let action = plan.actions[address.action]
    let block = plan.blocks[action.block]
    for position in action.successors {
      markAgain(ActionAddress(action: block.actions[position], indices: address.indices))
    }
    guard let container = block.container else { return }
    let isLoop = plan.actions[container].step.isLoop
    let indices = isLoop ? Array(address.indices.dropLast()) : address.indices
    let outer = ActionAddress(action: container, indices: indices)
    let iteration = isLoop ? address.indices.last ?? 0 : 0
    open[outer] = min(open[outer] ?? iteration, iteration)
    if case .until = plan.actions[container].step { markIterations(of: outer, after: iteration) }
    markSuccessors(of: outer)
  }

  /// The iterations of an Until build on each other.
  private mutating func markIterations(of loop: ActionAddress, after iteration: Int) {
    let depth = loop.indices.count
    for other in order
    where isInside(other, loop) && other.indices.count > depth
      && other.indices[depth] > iteration
    {
      again.insert(other)
    }
  }

  // MARK: Results

  private mutating func collect(_ start: Start) {
    for address in order {
      guard var instance = instances[address], !again.contains(address) else { continue }
      // What did not come to its turn because the run ended early has its chance now.
      guard instance.status != .skipped || start != .failed, isReachable(address) else { continue }
      reopen(&instance, at: address)
      results[address] = CarriedResultCoding.kept(instance)
    }
    for address in order where results[address] == nil { repetitions.append(repetition(address)) }
    let known = Set(order.map(\.action))
    for action in plan.actions where !known.contains(action.index) {
      repetitions.append(repetition(ActionAddress(action: action.index)))
    }
  }

  /// A result inside a container that runs again as a whole has no place any more.
  private func isReachable(_ address: ActionAddress) -> Bool {
    var indices = address.indices
    var place = plan.blocks[plan.actions[address.action].block].container
    while let container = place {
      if plan.actions[container].step.isLoop { indices = Array(indices.dropLast()) }
      let outer = ActionAddress(action: container, indices: indices)
      guard instances[outer] != nil, !again.contains(outer) else { return false }
      place = plan.blocks[plan.actions[container].block].container
    }
    return true
  }

  /// A container in which something runs again is open, an Until in the iteration where it does.
  private func reopen(_ instance: inout ActionInstance, at address: ActionAddress) {
    guard let iteration = open[address] else { return }
    instance.status = .running
    guard case .until = plan.actions[address.action].step else { return }
    instance.loop?.started = iteration + 1
  }

  private func repetition(_ address: ActionAddress) -> Repetition {
    let instance = instances[address]
    let mayHaveActed = instance.map(mayHaveActed) ?? false
    return Repetition(
      address: address,
      previous: instance?.status,
      mayHaveActed: mayHaveActed,
      isChanged: changed.contains(address.action)
    )
  }

  /// A refusal leaves everything as it was; no answer, or an error of the service, may not.
  private func mayHaveActed(_ instance: ActionInstance) -> Bool {
    switch instance.status {
    case .succeeded: true
    case .skipped: false
    default:
      instance.attempts.isEmpty
        ? instance.inputs != nil && instance.status != .failed
        : instance.attempts.contains { $0.statusCode.map { $0 >= 500 } ?? true }
    }
  }
}
