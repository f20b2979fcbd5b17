import Definitions
import OrderedJSON
import Timekeeping

/// Records of actions, seen from inside and outside of loops.
extension RunScope {
  func action(named name: String) -> JSON? {
    records(named: name) { place, instance in record(of: place, instance) }
  }

  func outputs(ofAction name: String) -> JSON? {
    records(named: name) { _, instance in instance.outputs ?? .null }
  }

  func body(ofAction name: String) -> JSON? {
    records(named: name) { _, instance in
      instance.outputs?.objectValue?.value(ignoringCaseOf: "body") ?? .null
    }
  }

  private func record(of place: Int, _ instance: ActionInstance) -> JSON {
    ActionRecord.json(
      of: instance,
      named: state.plan.actions[place].name,
      tracking: state.started?.clientTrackingID
    )
  }

  /// One value, or an array with the values of all iterations when the action stands in a loop that
  /// does not surround the place of evaluation.
  ///
  /// Source: workflow language reference, section c.7.
  private func records(named name: String, _ value: (Int, ActionInstance) -> JSON) -> JSON? {
    guard let place = state.plan.place(ofAction: name) else { return nil }
    switch sight(of: place) {
    case .one(let instance): return instance.map { value(place, $0) }
    case .many(let instances): return .array(instances.map { value(place, $0) })
    }
  }

  private enum Sight {
    case one(ActionInstance?)
    case many([ActionInstance])
  }

  private func sight(of place: Int) -> Sight {
    let target = state.plan.actions[place].loops
    guard !target.isEmpty else { return .one(state.instances[ActionAddress(action: place)]) }
    let shared = zip(target, loops).prefix { $0 == $1 }.count
    let prefix = Array(indices.prefix(shared))
    let address = ActionAddress(action: place, indices: prefix)
    guard shared < target.count else { return .one(state.instances[address]) }
    // An action of a loop that never ran is recorded once, where the loop stands.
    if let skipped = state.instances[address] { return .one(skipped) }
    let owner = ActionAddress(action: target[shared], indices: prefix)
    guard state.instances[owner]?.loop != nil else { return .one(nil) }
    var found: [ActionInstance] = []
    gather(place, target, prefix, into: &found)
    return .many(found)
  }

  private func gather(
    _ place: Int,
    _ loops: [Int],
    _ prefix: [Int],
    into found: inout [ActionInstance]
  ) {
    if let instance = state.instances[ActionAddress(action: place, indices: prefix)] {
      found.append(instance)
      return
    }
    guard prefix.count < loops.count else { return }
    let owner = ActionAddress(action: loops[prefix.count], indices: prefix)
    for index in 0..<(state.instances[owner]?.loop?.started ?? 0) {
      gather(place, loops, prefix + [index], into: &found)
    }
  }

  // MARK: Scopes

  /// The records of the actions directly inside a container; each action of a loop has one entry,
  /// with the records of its iterations as outputs.
  func result(ofScope name: String) -> JSON? {
    guard let place = state.plan.place(ofAction: name),
      state.plan.actions[place].step.isContainer,
      hasRun(place)
    else { return nil }
    var entries: [JSON] = []
    for block in state.plan.actions[place].blocks {
      for action in state.plan.blocks[block].actions {
        if let entry = entry(of: action) { entries.append(entry) }
      }
    }
    return .array(entries)
  }

  private func hasRun(_ place: Int) -> Bool {
    switch sight(of: place) {
    case .one(let instance): instance != nil
    case .many: true
    }
  }

  private func entry(of place: Int) -> JSON? {
    switch sight(of: place) {
    case .one(let instance): return instance.map { record(of: place, $0) }
    case .many(let instances):
      guard let first = instances.first else { return nil }
      var entry = JSONObject()
      entry["name"] = .string(state.plan.actions[place].name)
      entry["outputs"] = .array(instances.map { record(of: place, $0) })
      entry["startTime"] = .string(first.startTime.description)
      if let end = instances.compactMap(\.endTime).max() {
        entry["endTime"] = .string(end.description)
      }
      let status = instances.reduce(ActionStatus.succeeded) { BlockStatus.merged($0, $1.status) }
      entry["status"] = .string(status.rawValue)
      return .object(entry)
    }
  }
}
