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
  let surroundings: Surroundings
  var currentAction: JSON?
  /// What `item()` means inside a data operation.
  var elementOverride: JSON?
  var callbackURL: String?

  func parameter(named name: String) -> JSON? {
    let given = state.started?.parameters.value(ignoringCaseOf: name)
    guard name.hasPrefix("$") else { return given }
    switch name.lowercased() {
    case "$connections": return connections(given)
    case "$authentication": return given ?? [:]
    default: return given
    }
  }

  /// The connections that a deployment would hand in: here each name leads to itself.
  ///
  /// Source: workflow language reference, section a.2.
  private func connections(_ given: JSON?) -> JSON {
    var connections = given?.objectValue ?? JSONObject()
    for name in state.plan.connectionNames {
      var connection = connections.value(ignoringCaseOf: name)?.objectValue ?? JSONObject()
      connection["connectionId"] = .string(name)
      if connection["connectionName"] == nil { connection["connectionName"] = .string(name) }
      if connection["id"] == nil { connection["id"] = .string(name) }
      connections[name] = .object(connection)
    }
    return .object(connections)
  }

  func variable(named name: String) -> JSON? {
    (state.variables[name] ?? state.variables[name.lowercased()])?.value
  }

  var trigger: JSON? { state.started?.trigger }

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
    return depth < indices.count ? indices[depth] : nil
  }

  private func element(ofLoop loop: Int, depth: Int) -> JSON? {
    let owner = ActionAddress(action: loop, indices: Array(indices.prefix(depth)))
    guard depth < indices.count, let items = state.instances[owner]?.loop?.items,
      items.indices.contains(indices[depth])
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

  func appSetting(named name: String) -> JSON? { surroundings.setting(name).map { .string($0) } }

  func randomNumber() -> UInt64 { random.next() }
}
