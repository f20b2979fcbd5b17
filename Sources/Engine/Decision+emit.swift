import Diagnostics
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
    if event.secrecy.outputs { event.error = event.error.map(Self.withoutDetails) }
    event.trackedProperties = trackedProperties(action, event)
    emit(.actionEnded(event))
  }

  /// The words of a service whose answers are secured may repeat them.
  static func withoutDetails(_ error: JSON) -> JSON {
    [
      "code": error["code"] ?? "ActionFailed",
      "message": "The details are hidden because the outputs of the action are secured.",
    ]
  }

  mutating func fail(_ address: ActionAddress, code: String, _ failure: ActionFailure) {
    emitEnd(address, .failed, code: code) { $0.error = failure.json }
  }

  /// Source: workflow language reference, section f.6.
  private func trackedProperties(_ action: PlannedAction, _ event: RunEvent.ActionEnded) -> JSON? {
    guard let tracked = action.trackedProperties, event.status != .skipped else { return nil }
    let hidesRecord = tracked.uses.contains(.currentAction) && !event.secrecy.isNone
    if hidesRecord || readsSecret(tracked, at: event.address) { return RunView.mask }
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
    scope.currentAction = record(of: instance, action)
    return try? tracked.template.evaluate(in: scope)
  }

  func record(of instance: ActionInstance, _ action: PlannedAction) -> JSON {
    ActionRecord.json(
      of: instance,
      named: action.name,
      tracking: state.started?.clientTrackingID
    )
  }

  // MARK: Evaluation

  struct Evaluated {
    var value: JSON
    var isSecret: Bool
  }

  func evaluate(
    _ planned: PlannedValue,
    _ action: PlannedAction,
    _ address: ActionAddress,
    callbackURL: String? = nil
  ) throws(ActionFailure) -> Evaluated {
    if let constant = planned.template.constant {
      return Evaluated(value: constant, isSecret: action.secureInputs)
    }
    do throws(ExpressionError) {
      var scope = scope(for: address)
      scope.callbackURL = callbackURL
      let value = try planned.template.evaluate(in: scope)
      let isSecret = action.secureInputs || isTainted(planned, value, at: address)
      return Evaluated(value: value, isSecret: isSecret)
    } catch {
      throw hidden(error, planned, action, address)
    }
  }

  /// The failure of an expression, without its details when they may hold something secret.
  func hidden(
    _ error: ExpressionError,
    _ planned: PlannedValue,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) -> ActionFailure {
    let isSecret =
      action.secureInputs || isTainted(planned, .string(error.message), at: address)
    guard isSecret else { return .invalidTemplate(error, in: action.name) }
    var bare = error
    bare.message = "\(error.diagnosticCode.title) (\(error.diagnosticCode.id))"
    return .invalidTemplate(bare, in: action.name)
  }

  func evaluate(
    _ condition: Condition,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) -> Bool {
    do throws(ExpressionError) {
      var scope = scope(for: address, inside: action.step.isLoop)
      if let instance = state.instances[address] {
        scope.currentAction = record(of: instance, action)
      }
      return try condition.evaluate(in: scope)
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
      surroundings: surroundings
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
