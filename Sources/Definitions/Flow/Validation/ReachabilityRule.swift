import Diagnostics
import OrderedJSON

/// An action whose `runAfter` can never be satisfied is skipped in every run.
///
/// Source: workflow language reference, section f.1.
enum ReachabilityRule {
  static func check(_ actions: [FlowAction], _ report: inout FlowReport) {
    var known: [String: Reach] = [:]
    let byName = Dictionary(actions.map { ($0.name.lowercased(), $0) }) { first, _ in first }
    for action in actions { _ = reach(action, byName, &known, &report) }
    for action in actions {
      for block in action.kind.blocks { check(block.actions, &report) }
    }
  }

  /// How an action can come to run.
  fileprivate struct Reach {
    /// With which results of others; a name that is missing may have any.
    fileprivate var conditions: [String: Set<ActionStatus>] = [:]
    fileprivate var isPossible = true
    /// Whether it is being looked at, which happens again only in circles.
    fileprivate var isOpen = false
  }

  private static func reach(
    _ action: FlowAction,
    _ actions: [String: FlowAction],
    _ known: inout [String: Reach],
    _ report: inout FlowReport
  ) -> Reach {
    let name = action.name.lowercased()
    if let reach = known[name] { return reach }
    known[name] = Reach(isOpen: true)
    var reach = Reach()
    for condition in action.runAfter where reach.isPossible {
      guard let other = actions[condition.action.lowercased()] else { continue }
      let before = Self.reach(other, actions, &known, &report)
      guard !before.isOpen, !condition.statuses.isEmpty else { continue }
      let obstacle = reach.add(condition, of: other, before)
      guard let obstacle else { continue }
      reach.isPossible = false
      add(obstacle, action, condition, &report)
    }
    known[name] = reach
    return reach
  }

  private static func add(
    _ obstacle: String,
    _ action: FlowAction,
    _ condition: RunAfter,
    _ report: inout FlowReport
  ) {
    report.add(
      .unreachableAction,
      "'\(action.name)' can never run: \(obstacle)",
      action.pointer.appending("runAfter").appending(condition.action),
      hint: "change the statuses here, or remove the action",
      severity: .warning,
      onKey: true
    )
  }
}

extension ReachabilityRule.Reach {
  /// Takes one more predecessor in; says why the action cannot run then, or `nil`.
  fileprivate mutating func add(
    _ condition: RunAfter,
    of other: FlowAction,
    _ before: ReachabilityRule.Reach
  ) -> String? {
    let name = other.name.lowercased()
    let wanted = Set(condition.statuses)
    guard other.runtimeConfiguration["staticResult"] == nil else { return nil }
    if case .terminate = other.kind, !wanted.contains(.skipped) {
      return "'\(other.name)' ends the run"
    }
    if !before.isPossible {
      return wanted.contains(.skipped) ? nil : "'\(other.name)' never runs"
    }
    if wanted == [.skipped], other.runAfter.isEmpty {
      return "'\(other.name)' is never skipped"
    }
    let both = (conditions[name] ?? wanted).intersection(wanted)
    if both.isEmpty { return Self.conflict(other.name) }
    conditions[name] = both
    // Whatever made the other one run holds too, unless it may have been skipped.
    guard !wanted.contains(.skipped) else { return nil }
    for (earlier, statuses) in before.conditions.sorted(by: { $0.key < $1.key }) {
      let both = (conditions[earlier] ?? statuses).intersection(statuses)
      if both.isEmpty { return Self.conflict(earlier) }
      conditions[earlier] = both
    }
    return nil
  }

  private static func conflict(_ name: String) -> String {
    "no result of '\(name)' is wanted by all that it waits for"
  }
}
