import Definitions
import Expressions
import OrderedJSON
import Timekeeping

extension Decision {
  mutating func emitStart(
    _ address: ActionAddress,
    _ fill: (inout RunEvent.ActionStarted) -> Void = { _ in }
  ) {
    var event = RunEvent.ActionStarted(time: now, address: address, isSecret: false)
    fill(&event)
    emit(.actionStarted(event))
  }

  /// Ends an action; tracked properties and secured data follow from its plan.
  mutating func emitEnd(
    _ address: ActionAddress,
    _ status: ActionStatus,
    code: String,
    _ fill: (inout RunEvent.ActionEnded) -> Void = { _ in }
  ) {
    let action = state.plan.actions[address.action]
    var event = RunEvent.ActionEnded(time: now, address: address, status: status, code: code)
    event.secrecy.inputs = action.secureInputs
    event.secrecy.outputs = action.secureOutputs
    fill(&event)
    event.trackedProperties = trackedProperties(action, event)
    emit(.actionEnded(event))
  }

  mutating func fail(_ address: ActionAddress, code: String, _ failure: ActionFailure) {
    emitEnd(address, .failed, code: code) { $0.error = failure.json }
  }

  /// Source: workflow language reference, section f.6.
  private func trackedProperties(_ action: PlannedAction, _ event: RunEvent.ActionEnded) -> JSON? {
    guard let tracked = action.trackedProperties, event.status != .skipped else { return nil }
    var instance =
      state.instances[event.address]
      ?? ActionInstance(status: event.status, startTime: event.time)
    instance.status = event.status
    instance.code = event.code
    instance.endTime = event.time
    instance.inputs = event.inputs ?? instance.inputs
    instance.outputs = event.outputs
    instance.error = event.error
    var scope = scope(for: event.address)
    scope.currentAction = ActionRecord.json(of: instance, named: action.name)
    return try? tracked.evaluate(in: scope)
  }

  // MARK: Evaluation

  struct Evaluated {
    var value: JSON
    var isSecret: Bool
  }

  func evaluate(
    _ template: Template,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) -> Evaluated {
    if let constant = template.constant {
      return Evaluated(value: constant, isSecret: action.secureInputs)
    }
    do throws(ExpressionError) {
      let value = try template.evaluate(in: scope(for: address))
      return Evaluated(value: value, isSecret: action.secureInputs || isTainted(template, value))
    } catch {
      throw .invalidTemplate(error, in: action.name)
    }
  }

  func evaluate(
    _ condition: Condition,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) -> Bool {
    do throws(ExpressionError) {
      return try condition.evaluate(in: scope(for: address, inside: action.step.isLoop))
    } catch {
      throw .invalidTemplate(error, in: action.name)
    }
  }

  /// What names mean for an action, `nil` for the run's outputs.
  ///
  /// `inside` a loop, as its condition is evaluated, the last iteration counts.
  func scope(for address: ActionAddress?, inside: Bool = false) -> RunScope {
    var loops: [Int] = []
    var indices: [Int] = []
    if let address {
      loops = state.plan.actions[address.action].loops
      indices = address.indices
      if inside, let loop = state.instances[address]?.loop {
        loops.append(address.action)
        indices.append(loop.started - 1)
      }
    }
    return RunScope(
      state: state,
      loops: loops,
      indices: indices,
      now: now,
      random: random,
      setting: setting
    )
  }
}

extension ActionFailure {
  /// An expression that could not be evaluated, in the product's words.
  ///
  /// Source: workflow language reference, section b.6.
  static func invalidTemplate(_ error: ExpressionError, in action: String) -> ActionFailure {
    ActionFailure(
      code: "InvalidTemplate",
      message: """
        Unable to process template language expressions in action '\(action)' inputs: \
        '\(error.message)'.
        """
    )
  }
}
