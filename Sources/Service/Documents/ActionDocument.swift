import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

/// The actions of a run as the management API shows them: one entry for each, with repetitions for
/// those in loops.
///
/// Source: workflow language reference, section (g).
struct ActionDocument: Sendable {
  let state: RunState
  let run: RunDocument

  private static let type = "Microsoft.Logic/workflows/runs/actions"

  /// The actions that started or were skipped, in that order, each once.
  var names: [String] {
    var seen: Set<Int> = []
    return state.order.filter { seen.insert($0.action).inserted }
      .map { state.plan.actions[$0.action].name }
  }

  func path(of name: String) -> String {
    "\(run.path)/actions/\(PercentEncoding.encode(name))"
  }

  /// The entry of an action; `nil` when it did not begin.
  func resource(_ name: String) -> JSON? {
    guard let place = state.plan.place(ofAction: name), let properties = properties(of: name) else {
      return nil
    }
    let spelled = state.plan.actions[place].name
    return Links.resource(path(of: spelled), spelled, Self.type, properties)
  }

  /// What the entry of an action says; in a loop it sums up the repetitions.
  func properties(of name: String) -> JSONObject? {
    let found = instances(of: name)
    guard let first = found.first, let place = state.plan.place(ofAction: name) else { return nil }
    let planned = state.plan.actions[place]
    if found.count == 1, first.address.indices.isEmpty {
      let path = path(of: planned.name)
      return properties(of: first.instance, planned, indices: [], at: path)
    }
    return summed(found.map(\.instance), planned)
  }

  // MARK: Repetitions

  /// The repetitions of an action in a loop, in the order of their indices.
  func repetitions(of name: String) -> [JSON] {
    instances(of: name).filter { !$0.address.indices.isEmpty }
      .sorted { $0.address.indices.lexicographicallyPrecedes($1.address.indices) }
      .map { repetition($0.address, $0.instance) }
  }

  /// One repetition; `nil` when there is none of this name.
  func repetition(_ text: String, of name: String) -> JSON? {
    instance(of: name, repetition: text).map { repetition($0.address, $0.instance) }
  }

  /// An action's instance: the one of a repetition, or the one outside loops.
  func instance(of name: String, repetition: String?) -> (
    address: ActionAddress, instance: ActionInstance
  )? {
    guard let place = state.plan.place(ofAction: name) else { return nil }
    guard let indices = repetition.map(RepetitionName.indices) ?? [] else { return nil }
    let address = ActionAddress(action: place, indices: indices)
    return state.instances[address].map { (address, $0) }
  }

  private func repetition(_ address: ActionAddress, _ instance: ActionInstance) -> JSON {
    let planned = state.plan.actions[address.action]
    let name = RepetitionName.text(address.indices)
    let path = "\(path(of: planned.name))/repetitions/\(name)"
    var properties = properties(of: instance, planned, indices: address.indices, at: path)
    properties["repetitionIndexes"] = indexes(planned.loops, address.indices)
    return Links.resource(path, name, "\(Self.type)/repetitions", properties)
  }

  private func indexes(_ loops: [Int], _ indices: [Int]) -> JSON {
    .array(
      zip(loops, indices).map { loop, index in
        [
          "scopeName": .string(state.plan.actions[loop].name), "itemIndex": .integer(Int64(index)),
        ]
      }
    )
  }

  // MARK: Iterations of loops

  /// The iterations of a loop, in order; `nil` for any other action.
  func scopeRepetitions(of name: String) -> [JSON]? {
    guard let place = state.plan.place(ofAction: name), state.plan.actions[place].step.isLoop
    else { return nil }
    return instances(of: name).flatMap { owner in
      (0..<(owner.instance.loop?.started ?? 0)).map { index in
        iteration(owner.address.indices + [index], of: owner.address)
      }
    }
  }

  /// One iteration of a loop; `nil` when there is none of this name.
  func scopeRepetition(_ text: String, of name: String) -> JSON? {
    guard let indices = RepetitionName.indices(text), let last = indices.last,
      let place = state.plan.place(ofAction: name), state.plan.actions[place].step.isLoop
    else { return nil }
    let owner = ActionAddress(action: place, indices: indices.dropLast())
    guard last < state.instances[owner]?.loop?.started ?? 0 else { return nil }
    return iteration(indices, of: owner)
  }

  private func iteration(_ indices: [Int], of owner: ActionAddress) -> JSON {
    let planned = state.plan.actions[owner.action]
    let name = RepetitionName.text(indices)
    let path = "\(path(of: planned.name))/scopeRepetitions/\(name)"
    let steps = inner(indices, of: planned)
    let isRunning = state.instances[owner]?.loop?.running.contains(indices.last ?? 0) ?? false
    var properties: JSONObject = [
      "status": .string(isRunning ? "Running" : status(of: planned, steps).rawValue)
    ]
    properties["startTime"] = steps.values.map(\.startTime).min().map { .string($0.description) }
    if !isRunning {
      properties["endTime"] = steps.values.compactMap(\.endTime).max()
        .map { .string($0.description) }
    }
    properties["repetitionIndexes"] = indexes(planned.loops + [owner.action], indices)
    return Links.resource(path, name, "\(Self.type)/scopeRepetitions", properties)
  }

  /// The instances of the loop's own block in one iteration, by place.
  private func inner(_ indices: [Int], of loop: PlannedAction) -> [Int: ActionInstance] {
    var found: [Int: ActionInstance] = [:]
    for action in loop.blocks.first.map({ state.plan.blocks[$0].actions }) ?? [] {
      found[action] = state.instances[ActionAddress(action: action, indices: indices)]
    }
    return found
  }

  private func status(of loop: PlannedAction, _ steps: [Int: ActionInstance]) -> ActionStatus {
    guard let block = loop.blocks.first else { return .succeeded }
    return BlockStatus.status(of: state.plan.blocks[block], in: state.plan) { steps[$0]?.status }
  }

  // MARK: Properties

  private func instances(of name: String) -> [(address: ActionAddress, instance: ActionInstance)] {
    guard let place = state.plan.place(ofAction: name) else { return [] }
    return state.order.filter { $0.action == place }.compactMap { address in
      state.instances[address].map { (address, $0) }
    }
  }

  private func properties(
    of instance: ActionInstance,
    _ planned: PlannedAction,
    indices: [Int],
    at path: String
  ) -> JSONObject {
    var properties = times(instance.startTime, instance.endTime)
    properties["status"] = .string(instance.status.rawValue)
    properties["code"] = instance.code.map { .string($0) }
    properties["error"] = instance.error
    properties["type"] = .string(planned.type)
    let tracking = TrackingID.text(run.record.id, planned.name, indices)
    properties["trackingId"] = .string(tracking)
    properties["correlation"] = correlation(tracking)
    if let loop = instance.loop { properties["iterationCount"] = .integer(Int64(loop.started)) }
    properties["trackedProperties"] = instance.trackedProperties
    if let due = instance.due { properties["dueTime"] = .string(due.description) }
    if instance.inputs != nil {
      let inputs = RunView.inputs(of: instance)
      let uri = "\(run.base)\(path)/contents/ActionInputs"
      properties["inputsLink"] = Links.content(inputs, at: uri)
    }
    if instance.outputs != nil {
      let outputs = RunView.outputs(of: instance)
      let uri = "\(run.base)\(path)/contents/ActionOutputs"
      properties["outputsLink"] = Links.content(outputs, at: uri)
    }
    if instance.attempts.count > 1 {
      properties["retryHistory"] = .array(instance.attempts.map(AttemptDocument.retry))
    }
    return properties
  }

  private func summed(_ instances: [ActionInstance], _ planned: PlannedAction) -> JSONObject {
    let status = Self.status(of: instances.map(\.status))
    let ends = instances.compactMap(\.endTime)
    let start = instances.map(\.startTime).min() ?? run.record.startTime
    var properties = times(start, status.isTerminal ? ends.max() : nil)
    properties["status"] = .string(status.rawValue)
    properties["code"] = instances.last?.code.map { .string($0) }
    properties["type"] = .string(planned.type)
    let tracking = TrackingID.text(run.record.id, planned.name, [])
    properties["trackingId"] = .string(tracking)
    properties["correlation"] = correlation(tracking)
    properties["repetitionCount"] = .integer(Int64(instances.count))
    return properties
  }

  /// The worst of several: what still runs, then what failed; skipped only when all are.
  private static func status(of statuses: [ActionStatus]) -> ActionStatus {
    let order: [ActionStatus] = [
      .running, .waiting, .failed, .timedOut, .cancelled, .succeeded, .skipped,
    ]
    return order.first { statuses.contains($0) } ?? .skipped
  }

  private func times(_ start: Timestamp, _ end: Timestamp?) -> JSONObject {
    var object: JSONObject = ["startTime": .string(start.description)]
    object["endTime"] = end.map { .string($0.description) }
    return object
  }

  private func correlation(_ tracking: String) -> JSON {
    [
      "actionTrackingId": .string(tracking),
      "clientTrackingId": .string(state.started?.clientTrackingID ?? run.record.id.text),
    ]
  }
}
