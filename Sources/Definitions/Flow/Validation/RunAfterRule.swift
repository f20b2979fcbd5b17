import Diagnostics
import OrderedJSON

/// `runAfter` names siblings and never leads in a circle.
///
/// Source: workflow language reference, sections a.3 and f.1.
enum RunAfterRule {
  static func check(_ actions: [FlowAction], _ report: inout FlowReport) {
    checkNames(actions, &report)
    if let circle = circle(actions), let first = circle.first {
      report.add(
        .cyclicRunAfter,
        "these actions wait for each other: "
          + (circle + [first]).map { "'\($0.name)'" }.joined(separator: " after "),
        first.pointer.appending("runAfter"),
        hint: "remove one of the links",
        onKey: true
      )
    }
    for action in actions {
      for block in action.kind.blocks { check(block.actions, &report) }
    }
  }

  private static func checkNames(_ actions: [FlowAction], _ report: inout FlowReport) {
    let names = actions.map(\.name)
    let known = Set(names.map { $0.lowercased() })
    for action in actions {
      for condition in action.runAfter where !known.contains(condition.action.lowercased()) {
        let others = names.filter { $0 != action.name }
        let nearest = NearestName.suggestion(for: condition.action, among: others)
        report.add(
          .unknownPredecessor,
          "there is no action '\(condition.action)' beside '\(action.name)'",
          action.pointer.appending("runAfter").appending(condition.action),
          hint: nearest.map { "did you mean '\($0)'?" }
            ?? "runAfter may name only actions of the same 'actions' object",
          onKey: true
        )
      }
    }
  }

  /// Actions that can never start, each after the next; `nil` when there are none.
  private static func circle(_ actions: [FlowAction]) -> [FlowAction]? {
    var positions: [String: Int] = [:]
    for (position, action) in actions.enumerated() {
      positions[action.name.lowercased()] = position
    }
    let after = actions.map { $0.runAfter.compactMap { positions[$0.action.lowercased()] } }
    var remaining = after.map(\.count)
    var free = remaining.indices.filter { remaining[$0] == 0 }
    var followers = [[Int]](repeating: [], count: actions.count)
    for (position, predecessors) in after.enumerated() {
      for predecessor in predecessors { followers[predecessor].append(position) }
    }
    while let position = free.popLast() {
      for follower in followers[position] {
        remaining[follower] -= 1
        if remaining[follower] == 0 { free.append(follower) }
      }
    }
    return stuckCircle(after, remaining).map { $0.map { actions[$0] } }
  }

  /// Follows predecessors among the stuck until one comes twice.
  private static func stuckCircle(_ after: [[Int]], _ remaining: [Int]) -> [Int]? {
    guard var position = remaining.firstIndex(where: { $0 > 0 }) else { return nil }
    var path: [Int] = []
    while !path.contains(position) {
      path.append(position)
      guard let next = after[position].first(where: { remaining[$0] > 0 }) else { return path }
      position = next
    }
    return Array(path.drop { $0 != position })
  }
}
