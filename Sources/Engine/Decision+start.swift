import Definitions
import Expressions
import OrderedJSON
import Timekeeping

extension Decision {
  /// Begins an action whose predecessors are all terminal, or skips it.
  mutating func start(_ address: ActionAddress) {
    let action = state.plan.actions[address.action]
    let unsatisfied = unsatisfiedPredecessors(of: action, address)
    guard unsatisfied.isEmpty else {
      skip(action, address, unsatisfied)
      return
    }
    do throws(ActionFailure) {
      if let result = state.carried[address] {
        try carry(result, action, address)
      } else {
        try begin(action, address)
      }
    } catch {
      fail(address, code: "BadRequest", error)
    }
  }

  private func unsatisfiedPredecessors(of action: PlannedAction, _ address: ActionAddress)
    -> [ActionFailure.Dependency]
  {
    let block = state.plan.blocks[action.block]
    return action.predecessors.compactMap { predecessor in
      let other = block.actions[predecessor.position]
      let key = ActionAddress(action: other, indices: address.indices)
      let status = state.instances[key]?.status ?? .skipped
      guard !predecessor.statuses.contains(status) else { return nil }
      return ActionFailure.Dependency(
        name: state.plan.actions[other].name,
        expected: predecessor.statuses,
        actual: status
      )
    }
  }

  private mutating func skip(
    _ action: PlannedAction,
    _ address: ActionAddress,
    _ unsatisfied: [ActionFailure.Dependency]
  ) {
    emitEnd(address, .skipped, code: "ActionSkipped") { event in
      event.error = ActionFailure.dependencyFailed(action.name, after: unsatisfied).json
    }
  }

  private mutating func begin(
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    if let result = action.staticResult {
      endWithStaticResult(address, result)
      return
    }
    switch action.step {
    case .data(let operation): try perform(operation, action, address)
    case .variable(let operation, let inputs): try perform(operation, inputs, action, address)
    case .scope: emitStart(address)
    case .condition(let condition): try take(condition, action, address)
    case .switching(let value, let cases): try take(value, cases, action, address)
    case .forEach(let items, _): try beginLoop(items, action, address)
    case .until: emitStart(address)
    case .terminate(let inputs): try terminate(inputs, action, address)
    case .wait(let inputs): try beginWait(inputs, action, address)
    case .request(let inputs), .call(let inputs): try beginRequest(inputs, action, address)
    case .respond(let inputs): try respond(inputs, action, address)
    case .webhook(let webhook): try subscribe(webhook, action, address)
    case .unsupported:
      throw ActionFailure(
        code: "ActionTypeNotSupported",
        message: "Actions of type '\(action.type)' cannot run here."
      )
    }
  }

  // MARK: Effects

  private mutating func beginRequest(
    _ inputs: PlannedValue,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    let evaluated = try evaluate(inputs, action, address)
    emitStart(address) { event in
      event.inputs = evaluated.value
      event.isSecret = evaluated.isSecret
    }
  }

  private mutating func beginWait(
    _ inputs: PlannedValue,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    let evaluated = try evaluate(inputs, action, address)
    let due = try WaitTime.due(evaluated.value, now: now)
    guard due > now else {
      emitEnd(address, .succeeded, code: "OK") { event in
        event.inputs = evaluated.value
        event.secrecy.inputs = evaluated.isSecret
      }
      return
    }
    emitStart(address) { event in
      event.inputs = evaluated.value
      event.isSecret = evaluated.isSecret
      event.due = due
    }
  }

  // MARK: Static results

  /// Source: workflow language reference, section f.8.
  private mutating func endWithStaticResult(_ address: ActionAddress, _ result: JSON) {
    let status = result["status"]?.stringValue.flatMap(ActionStatus.init(ignoringCase:))
    emitEnd(
      address,
      status ?? .succeeded,
      code: result["code"]?.stringValue ?? (status == .failed ? "BadRequest" : "OK")
    ) { event in
      event.outputs = result["outputs"]
      event.error = status == .failed ? result["error"] ?? result["outputs"]?["errors"] : nil
    }
  }
}

extension RunStatus {
  /// Reads a status in any case.
  package init?(ignoringCase text: String) {
    let lowered = text.lowercased()
    guard let match = Self.allCases.first(where: { $0.rawValue.lowercased() == lowered }) else {
      return nil
    }
    self = match
  }
}
