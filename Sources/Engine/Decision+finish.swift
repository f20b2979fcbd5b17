import Definitions
import Expressions
import OrderedJSON
import Timekeeping

extension Decision {
  /// Ends a container whose content is terminal, or goes on with an Until.
  mutating func finish(_ address: ActionAddress) {
    let action = state.plan.actions[address.action]
    switch action.step {
    case .forEach: endContainer(address, state.instances[address]?.loop?.status ?? .succeeded)
    case .until(let condition, let count, let timeout):
      finishIteration(condition, count: count, timeout: timeout, action, address)
    default: endContainer(address, branchStatus(action, address))
    }
  }

  private func branchStatus(_ action: PlannedAction, _ address: ActionAddress) -> ActionStatus {
    let taken = state.instances[address]?.branch ?? 0
    guard action.blocks.indices.contains(taken) else { return .succeeded }
    return state.blockStatus(FrameKey(block: action.blocks[taken], indices: address.indices))
  }

  private mutating func endContainer(_ address: ActionAddress, _ status: ActionStatus) {
    if finishCarried(address) { return }
    switch status {
    case .failed:
      emitEnd(address, .failed, code: "ActionFailed") { event in
        event.error = ActionFailure.noDependentSucceeded.json
      }
    case .timedOut:
      emitEnd(address, .timedOut, code: "ActionTimedOut") { event in
        event.error = ActionFailure.noDependentSucceeded.json
      }
    default: emitEnd(address, .succeeded, code: "NotSpecified")
    }
  }

  /// The body runs first, then the condition is tested; limits are checked between iterations.
  ///
  /// Source: workflow language reference, section d.3.
  private mutating func finishIteration(
    _ condition: Condition,
    count: Int,
    timeout: Duration,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) {
    guard let instance = state.instances[address], let loop = instance.loop else { return }
    if loop.isDone {
      endContainer(address, loop.status)
      return
    }
    if hasCarried(all: loop, of: address), finishCarried(address) { return }
    do throws(ActionFailure) {
      let known = carriedTest(of: address, loop)
      let isDone = if let known { known } else { try evaluate(condition, action, address) }
      let isExhausted = loop.started >= count || now - instance.startTime >= timeout
      if !isDone, isExhausted, action.operationOptions.contains("failwhenlimitsreached") {
        fail(address, code: "ActionFailed", .limitsReached(action.name))
        return
      }
      emit(
        .iterationTested(
          RunEvent.IterationTested(time: now, address: address, isDone: isDone || isExhausted)
        )
      )
    } catch {
      fail(address, code: "BadRequest", error)
    }
  }
}

extension ActionFailure {
  static func limitsReached(_ name: String) -> ActionFailure {
    ActionFailure(
      code: "UntilLimitsReached",
      message: "The loop '\(name)' reached its limit of count or time before its condition held."
    )
  }
}
