import Expressions
import OrderedJSON
import Timekeeping

/// What names mean inside a run, seen from one action.
struct RunScope: Scope {
  let state: RunState
  /// The loops around the place of evaluation, outermost first, by place in the plan.
  let loops: [Int]
  /// The iteration of each of these loops.
  let indices: [Int]
  let now: Timestamp
  let random: RandomSource
  let setting: @Sendable (String) -> String?
  var currentAction: JSON?
  /// What `item()` means inside a data operation.
  var elementOverride: JSON?

  func parameter(named name: String) -> JSON? {
    state.started?.parameters.value(ignoringCaseOf: name)
  }

  func variable(named name: String) -> JSON? {
    (state.variables[name] ?? state.variables[name.lowercased()])?.value
  }

  var trigger: JSON? { state.started?.trigger }

  func action(named name: String) -> JSON? {
    guard let place = state.plan.place(ofAction: name) else { return nil }
    guard let instance = instance(ofActionAt: place) else { return nil }
    return ActionRecord.json(of: instance, named: state.plan.actions[place].name)
  }

  func outputs(ofAction name: String) -> JSON? {
    guard let place = state.plan.place(ofAction: name) else { return nil }
    guard let instance = instance(ofActionAt: place) else { return nil }
    return instance.outputs ?? .null
  }

  /// The instance in the iterations that both actions share.
  private func instance(ofActionAt place: Int) -> ActionInstance? {
    let depth = state.plan.actions[place].loops.count
    guard depth > 0 else { return state.instances[ActionAddress(action: place)] }
    let shared = depth == indices.count ? indices : Array(indices.prefix(depth))
    return state.instances[ActionAddress(action: place, indices: shared)]
  }

  // MARK: Loops

  var item: JSON? {
    if let elementOverride { return elementOverride }
    for (depth, loop) in loops.enumerated().reversed() {
      guard case .forEach = state.plan.actions[loop].step else { continue }
      return element(ofLoop: loop, depth: depth)
    }
    return nil
  }

  func item(ofLoop name: String) -> JSON? {
    guard let place = state.plan.place(ofAction: name), let depth = loops.firstIndex(of: place)
    else { return nil }
    return element(ofLoop: place, depth: depth)
  }

  func iterationIndex(ofUntil name: String) -> Int? {
    guard let place = state.plan.place(ofAction: name), let depth = loops.firstIndex(of: place)
    else { return nil }
    return indices[depth]
  }

  private func element(ofLoop loop: Int, depth: Int) -> JSON? {
    let owner = ActionAddress(action: loop, indices: Array(indices.prefix(depth)))
    guard let items = state.instances[owner]?.loop?.items, items.indices.contains(indices[depth])
    else { return nil }
    return items[indices[depth]]
  }

  // MARK: Run

  var workflow: JSON? {
    guard let started = state.started else { return nil }
    let name = started.flow
    return [
      "id": .string("/workflows/\(name)"),
      "name": .string(name),
      "type": "Microsoft.Logic/workflows",
      "run": [
        "id": .string("/workflows/\(name)/runs/\(started.run)"),
        "name": .string(started.run),
        "type": "Microsoft.Logic/workflows/runs",
      ],
    ]
  }

  func appSetting(named name: String) -> JSON? { setting(name).map { .string($0) } }

  func randomNumber() -> UInt64 { random.next() }
}
