/// Which actions have surely ended before a place in a flow.
struct EndedActions {
  /// The container of each action, both in lower case; empty for the top level.
  private let containers: [String: String]
  /// What each action runs after, in lower case.
  private let predecessors: [String: [String]]
  /// The actions around the place and the action at it.
  private var path: [String] = []

  init(_ flow: Flow) {
    var containers: [String: String] = [:]
    var predecessors: [String: [String]] = [:]
    for action in flow.actions { containers[action.name.lowercased()] = "" }
    for action in flow.allActions {
      let name = action.name.lowercased()
      predecessors[name] = action.runAfter.map { $0.action.lowercased() }
      for block in action.kind.blocks {
        for inner in block.actions { containers[inner.name.lowercased()] = name }
      }
    }
    self.containers = containers
    self.predecessors = predecessors
  }

  /// The place where an action of a block starts.
  func before(_ action: FlowAction) -> EndedActions {
    var copy = self
    copy.path.append(action.name.lowercased())
    return copy
  }

  /// Whether an action, or something around it, has ended; true for names that the flow lacks,
  /// which are reported elsewhere.
  func includes(_ name: String) -> Bool {
    var surroundings: Set<String> = []
    var current = name.lowercased()
    guard containers[current] != nil else { return true }
    while !current.isEmpty, surroundings.insert(current).inserted {
      current = containers[current] ?? ""
    }
    return path.contains { leads(from: $0, toOneOf: surroundings) }
  }

  /// Follows `runAfter` backwards.
  private func leads(from start: String, toOneOf goals: Set<String>) -> Bool {
    var seen: Set<String> = []
    var pending = predecessors[start] ?? []
    while let next = pending.popLast() {
      if goals.contains(next) { return true }
      if seen.insert(next).inserted { pending += predecessors[next] ?? [] }
    }
    return false
  }
}
