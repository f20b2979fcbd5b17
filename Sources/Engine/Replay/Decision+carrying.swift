import Definitions
import OrderedJSON

/// Takes the results over that a replay carries, each when the turn of its action comes, so that
/// everything around them follows from the plan as ever.
extension Decision {
  /// Begins or ends an action as it did in the run that is repeated.
  mutating func carry(
    _ result: ActionInstance,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    switch action.step {
    case .variable(let operation, _) where result.status == .succeeded:
      // On the value of now: an action beside it may have run again.
      let inputs = Evaluated(value: result.inputs ?? .null, isSecret: result.secrecy.inputs)
      try perform(operation, inputs, action, address)
    case let step where step.isContainer && wasStarted(result, action):
      emitStart(address) { event in
        event.inputs = result.inputs
        event.isSecret = result.secrecy.inputs
        event.branch = result.branch
      }
    default: emit(.actionCarried(RunEvent.ActionCarried(time: now, address: address)))
    }
  }

  /// A container whose own expression failed has no content to begin.
  private func wasStarted(_ result: ActionInstance, _ action: PlannedAction) -> Bool {
    guard action.staticResult == nil else { return false }
    switch action.step {
    case .condition, .switching: return result.branch != nil
    case .forEach, .until: return result.loop != nil
    default: return true
    }
  }

  /// Ends a container as it ended before; `false` when something in it ran again.
  mutating func finishCarried(_ address: ActionAddress) -> Bool {
    guard let result = state.carried[address], result.status.isTerminal else { return false }
    emitEnd(address, result.status, code: result.code ?? "NotSpecified") { event in
      event.error = result.error
    }
    return true
  }

  /// Whether an Until is known to go on after its current iteration, or to be done.
  func carriedTest(of address: ActionAddress, _ loop: LoopProgress) -> Bool? {
    guard let known = state.carried[address]?.loop else { return nil }
    return loop.started < known.started ? false : nil
  }

  /// Whether an Until has come as far as it came before.
  func hasCarried(all loop: LoopProgress, of address: ActionAddress) -> Bool {
    state.carried[address]?.loop.map { loop.started >= $0.started } ?? false
  }
}
