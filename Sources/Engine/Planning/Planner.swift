package import Definitions
package import Diagnostics
import Expressions
import OrderedJSON

/// Compiles a flow into a plan.
package struct Planner {
  let flow: Flow
  let names: PlannedNames
  private var drafts: [Draft] = []
  private var blocks: [PlannedBlock] = []
  private var connections = ConnectionNames()
  var diagnostics: [Diagnostic] = []
  /// Whether a performer may end actions that cannot run here.
  var isMocked = false

  /// An action with its place in the graph, before its expressions are compiled.
  private struct Draft {
    let action: FlowAction
    let block: Int
    let position: Int
    let loops: [Int]
    var links = PlannedAction.Links()
  }

  /// Stands for what could not be compiled; a plan with diagnostics is never handed out.
  let nothing: PlannedValue

  private init(flow: Flow, nothing: PlannedValue) {
    self.flow = flow
    self.nothing = nothing
    names = PlannedNames(flow)
  }

  /// The plan, or every expression that cannot be compiled.
  package static func plan(_ flow: Flow, isMocked: Bool = false)
    -> (plan: Plan?, diagnostics: [Diagnostic])
  {
    guard let nothing = try? Template(compiling: .null) else { return (nil, []) }
    var planner = Planner(flow: flow, nothing: PlannedValue(template: nothing, uses: []))
    planner.isMocked = isMocked
    planner.add(
      ActionKind.Block(actions: flow.actions, pointer: JSONPointer()),
      container: nil,
      loops: []
    )
    let actions = planner.drafts.enumerated().map { planner.action($1, index: $0) }
    let outputs = flow.outputs.map { output in
      (name: output.name, value: planner.value(output.value, at: output.pointer))
    }
    guard planner.diagnostics.isEmpty else { return (nil, planner.diagnostics) }
    let plan = Plan(
      flow: flow,
      actions: actions,
      blocks: planner.blocks,
      outputs: outputs,
      connectionNames: planner.connections.names
    )
    return (plan, [])
  }

  // MARK: Graph

  @discardableResult
  private mutating func add(_ block: ActionKind.Block, container: Int?, loops: [Int]) -> Int {
    let index = blocks.count
    blocks.append(
      PlannedBlock(
        actions: [],
        container: container,
        leaves: [],
        predecessorCounts: [],
        starts: []
      )
    )
    for action in block.actions {
      blocks[index].actions.append(add(action, block: index, loops: loops))
    }
    link(block, index)
    return index
  }

  private mutating func add(_ action: FlowAction, block: Int, loops: [Int]) -> Int {
    let index = drafts.count
    let position = blocks[block].actions.count
    drafts.append(Draft(action: action, block: block, position: position, loops: loops))
    let inner = action.kind.isLoop ? loops + [index] : loops
    for content in action.kind.blocks {
      let added = add(content, container: index, loops: inner)
      drafts[index].links.blocks.append(added)
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
        drafts[planned[position]].links.predecessors.append(
          PlannedAction.Predecessor(position: other, statuses: Set(condition.statuses))
        )
        drafts[planned[other]].links.successors.append(position)
      }
    }
    let links = planned.map { drafts[$0].links }
    blocks[index].predecessorCounts = links.map(\.predecessors.count)
    blocks[index].starts = links.indices.filter { links[$0].predecessors.isEmpty }
    blocks[index].leaves = links.indices.filter { links[$0].successors.isEmpty }
  }

  // MARK: Actions

  private mutating func action(_ draft: Draft, index: Int) -> PlannedAction {
    let action = draft.action
    return PlannedAction(
      index: index,
      name: action.name,
      type: action.type,
      step: step(action),
      block: draft.block,
      position: draft.position,
      links: draft.links,
      loops: draft.loops,
      timeout: action.timeout,
      retryPolicy: action.retryPolicy,
      secureInputs: action.secureInputs,
      secureOutputs: action.secureOutputs,
      trackedProperties: action.trackedProperties.map {
        value($0, at: action.pointer.appending("trackedProperties"))
      },
      operationOptions: action.operationOptions,
      staticResult: staticResult(action),
      minimumItemCount: minimumItemCount(action),
      isChunked: isChunked(action),
      pointer: action.pointer
    )
  }

  private func staticResult(_ action: FlowAction) -> JSON? {
    guard let configured = action.runtimeConfiguration["staticResult"],
      configured["staticResultOptions"]?.stringValue?.lowercased() == "enabled",
      let name = configured["name"]?.stringValue
    else { return nil }
    return flow.staticResults[name]
  }

  /// Source: workflow language reference, section d.4.
  private func isChunked(_ action: FlowAction) -> Bool {
    let mode = action.runtimeConfiguration["contentTransfer"]?["transferMode"]?.stringValue
    return mode?.lowercased() == "chunked"
  }

  /// Source: workflow language reference, section d.5.
  private func minimumItemCount(_ action: FlowAction) -> Int? {
    let policy = action.runtimeConfiguration["paginationPolicy"]
    return policy?["minimumItemCount"]?.integerValue.flatMap { $0 > 0 ? Int($0) : nil }
  }

  // MARK: Expressions

  mutating func value(_ written: JSON?, at pointer: JSONPointer) -> PlannedValue {
    do throws(ExpressionError) {
      return planned(try Template(compiling: written ?? .null))
    } catch {
      report(error, at: pointer)
      return nothing
    }
  }

  private mutating func planned(_ template: Template) -> PlannedValue {
    var collector = UseCollector(names: names)
    collector.visit(template)
    if template.references.contains(.parameter("$connections")) { connections.visit(template) }
    return PlannedValue(template: template, uses: collector.uses)
  }

  mutating func condition(_ value: JSON, at pointer: JSONPointer) -> Condition {
    do throws(ExpressionError) {
      return try Condition(compiling: value)
    } catch {
      report(error, at: pointer)
      return .value(nothing.template)
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
