import OrderedJSON

/// Which actions have surely ended before a place in a flow, and which surely have not.
struct EndedActions {
  /// The container of each action, both in lower case; empty for the top level.
  private let containers: [String: String]
  /// What each action runs after, in lower case.
  private let predecessors: [String: [String]]
  /// The branch of its container that an action stands in: the pointer of its `actions`.
  private let branches: [String: String]
  private let loops: Set<String>
  /// The actions around the place and the action at it.
  private var path: [String] = []

  init(_ flow: Flow) {
    var containers: [String: String] = [:]
    var predecessors: [String: [String]] = [:]
    var branches: [String: String] = [:]
    var loops: Set<String> = []
    for action in flow.actions { containers[action.name.lowercased()] = "" }
    for action in flow.allActions {
      let name = action.name.lowercased()
      predecessors[name] = action.runAfter.map { $0.action.lowercased() }
      if action.kind.isLoop { loops.insert(name) }
      for block in action.kind.blocks {
        for inner in block.actions {
          containers[inner.name.lowercased()] = name
          branches[inner.name.lowercased()] = block.pointer.description
        }
      }
    }
    self.containers = containers
    self.predecessors = predecessors
    self.branches = branches
    self.loops = loops
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
    let surroundings = surroundings(of: name.lowercased())
    guard !surroundings.isEmpty else { return true }
    let goals = Set(surroundings)
    return path.contains { leads(from: $0, toOneOf: goals) }
  }

  /// Why an action cannot have ended in any run; `nil` when it may have.
  func obstacle(_ name: String) -> Obstacle? {
    let name = name.lowercased()
    if name == path.last { return .itself }
    if path.contains(name) { return .around }
    let surroundings = surroundings(of: name)
    if let own = path.last, surroundings.contains(own) { return .inside }
    // A loop may come by again.
    let shared = Set(surroundings).intersection(path)
    guard shared.isDisjoint(with: loops) else { return nil }
    for (mine, other) in zip(path, surroundings.reversed()) where mine != other {
      if branches[mine] != branches[other] { return .otherBranch }
      return leads(from: other, toOneOf: [mine]) ? .later : nil
    }
    return nil
  }

  enum Obstacle {
    case itself
    case around
    case inside
    case otherBranch
    case later
  }

  /// The action itself and what is around it, the outermost last; nothing for unknown names.
  private func surroundings(of name: String) -> [String] {
    guard containers[name] != nil else { return [] }
    var surroundings: [String] = []
    var current = name
    while !current.isEmpty, !surroundings.contains(current) {
      surroundings.append(current)
      current = containers[current] ?? ""
    }
    return surroundings
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
