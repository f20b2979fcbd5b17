package import Definitions
package import Diagnostics
import Expressions
import OrderedJSON

/// Compiles a flow into a plan.
package struct Planner {
  private let flow: Flow
  private var actions: [PlannedAction] = []
  private var blocks: [PlannedBlock] = []
  private var diagnostics: [Diagnostic] = []

  /// Stands for what could not be compiled; a plan with diagnostics is never handed out.
  private let nothing: Template

  private init(flow: Flow, nothing: Template) {
    self.flow = flow
    self.nothing = nothing
  }

  /// The plan, or every expression that cannot be compiled.
  package static func plan(_ flow: Flow) -> (plan: Plan?, diagnostics: [Diagnostic]) {
    guard let nothing = try? Template(compiling: .null) else { return (nil, []) }
    var planner = Planner(flow: flow, nothing: nothing)
    planner.add(
      ActionKind.Block(actions: flow.actions, pointer: JSONPointer()),
      container: nil,
      loops: []
    )
    let outputs = flow.outputs.map { output in
      (name: output.name, value: planner.template(output.value, at: output.pointer))
    }
    guard planner.diagnostics.isEmpty else { return (nil, planner.diagnostics) }
    let plan = Plan(
      flow: flow.name,
      actions: planner.actions,
      blocks: planner.blocks,
      parameters: flow.parameters,
      triggers: flow.triggers,
      outputs: outputs
    )
    return (plan, [])
  }

  // MARK: Graph

  @discardableResult
  private mutating func add(_ block: ActionKind.Block, container: Int?, loops: [Int]) -> Int {
    let index = blocks.count
    blocks.append(PlannedBlock(actions: [], container: container, leaves: []))
    for action in block.actions {
      blocks[index].actions.append(add(action, block: index, loops: loops))
    }
    link(block, index)
    return index
  }

  private mutating func add(_ action: FlowAction, block: Int, loops: [Int]) -> Int {
    let index = actions.count
    let position = blocks[block].actions.count
    actions.append(
      PlannedAction(
        index: index,
        name: action.name,
        type: action.type,
        step: step(action),
        block: block,
        position: position,
        loops: loops,
        timeout: action.timeout,
        retryPolicy: action.retryPolicy,
        secureInputs: action.secureInputs,
        secureOutputs: action.secureOutputs,
        trackedProperties: action.trackedProperties.map {
          template($0, at: action.pointer.appending("trackedProperties"))
        },
        operationOptions: action.operationOptions,
        staticResult: staticResult(action),
        minimumItemCount: minimumItemCount(action),
        pointer: action.pointer
      )
    )
    let inner = action.kind.isLoop ? loops + [index] : loops
    for content in action.kind.blocks {
      let added = add(content, container: index, loops: inner)
      actions[index].blocks.append(added)
    }
    return index
  }

  /// Turns names in `runAfter` into positions; unknown names are the validator's to report.
  private mutating func link(_ block: ActionKind.Block, _ index: Int) {
    let planned = blocks[index].actions
    var positions: [String: Int] = [:]
    for (position, action) in block.actions.enumerated() {
      positions[action.name.lowercased()] = position
    }
    for (position, action) in block.actions.enumerated() {
      for condition in action.runAfter {
        guard let other = positions[condition.action.lowercased()] else { continue }
        actions[planned[position]].predecessors.append(
          PlannedAction.Predecessor(position: other, statuses: Set(condition.statuses))
        )
        actions[planned[other]].successors.append(position)
      }
    }
    blocks[index].leaves = planned.indices.filter { actions[planned[$0]].successors.isEmpty }
  }

  private func staticResult(_ action: FlowAction) -> JSON? {
    guard let configured = action.runtimeConfiguration["staticResult"],
      configured["staticResultOptions"]?.stringValue?.lowercased() == "enabled",
      let name = configured["name"]?.stringValue
    else { return nil }
    return flow.staticResults[name]
  }

  /// Source: workflow language reference, section d.5.
  private func minimumItemCount(_ action: FlowAction) -> Int? {
    let policy = action.runtimeConfiguration["paginationPolicy"]
    return policy?["minimumItemCount"]?.integerValue.flatMap { $0 > 0 ? Int($0) : nil }
  }

  // MARK: Steps

  private mutating func step(_ action: FlowAction) -> Step {
    let place = action.pointer.appending("inputs")
    switch action.kind {
    case .compose: return .data(.compose(template(action.inputs, at: place)))
    case .initializeVariable: return variable(.initialize, action)
    case .setVariable: return variable(.set, action)
    case .incrementVariable: return variable(.increment, action)
    case .decrementVariable: return variable(.decrement, action)
    case .appendToStringVariable: return variable(.appendToString, action)
    case .appendToArrayVariable: return variable(.appendToArray, action)
    case .scope: return .scope
    case .condition(let expression, _, _):
      return .condition(condition(expression, at: action.pointer.appending("expression")))
    case .switching(let expression, let cases, _):
      let value = template(expression, at: action.pointer.appending("expression"))
      return .switching(value, cases: cases.map(\.value))
    case .forEach(let items, let degree, _):
      let list = template(items, at: action.pointer.appending("foreach"))
      return .forEach(items: list, degree: degree)
    case .until(let until):
      return .until(
        condition: condition(until.expression, at: action.pointer.appending("expression")),
        count: until.count,
        timeout: until.timeout
      )
    case .terminate: return .terminate(template(action.inputs, at: place))
    case .wait: return .wait(template(action.inputs, at: place))
    case .http, .connector(isWebhook: false):
      return .request(template(withoutRetryPolicy(action.inputs), at: place))
    default: return .unsupported
    }
  }

  private mutating func variable(_ operation: VariableOperation, _ action: FlowAction) -> Step {
    .variable(operation, template(action.inputs, at: action.pointer.appending("inputs")))
  }

  /// The policy is the engine's; the request does not need it.
  private func withoutRetryPolicy(_ inputs: JSON) -> JSON {
    guard case .object(var object) = inputs else { return inputs }
    object["retryPolicy"] = nil
    return .object(object)
  }

  // MARK: Expressions

  private mutating func template(_ value: JSON, at pointer: JSONPointer) -> Template {
    do throws(ExpressionError) {
      return try Template(compiling: value)
    } catch {
      report(error, at: pointer)
      return nothing
    }
  }

  private mutating func condition(_ value: JSON, at pointer: JSONPointer) -> Condition {
    do throws(ExpressionError) {
      return try Condition(compiling: value)
    } catch {
      report(error, at: pointer)
      return .value(nothing)
    }
  }

  private mutating func report(_ error: ExpressionError, at pointer: JSONPointer) {
    let place = JSONPointer(pointer.tokens + (error.pointer?.tokens ?? []))
    diagnostics.append(
      Diagnostic(
        error.diagnosticCode,
        error.message,
        hint: error.hint,
        location: flow.source.location(of: place, within: error.range),
        pointer: place.description
      )
    )
  }
}
