import Diagnostics
import OrderedJSON

/// An action whose `runAfter` can never be satisfied is skipped in every run.
///
/// Source: workflow language reference, section f.1.
struct ReachabilityRule {
  private let actions: [FlowAction]
  private let places: [String: Int]
  private var known: [Reach?]

  static func check(_ actions: [FlowAction], _ report: inout FlowReport) {
    var rule = ReachabilityRule(actions)
    for place in actions.indices { _ = rule.reach(place, &report) }
    for action in actions {
      for block in action.kind.blocks { check(block.actions, &report) }
    }
  }

  private init(_ actions: [FlowAction]) {
    self.actions = actions
    let named = actions.enumerated().map { ($1.name.lowercased(), $0) }
    places = Dictionary(named) { first, _ in first }
    known = Array(repeating: nil, count: actions.count)
  }

  /// How an action can come to run.
  private struct Reach {
    /// With which results of the others, by their places.
    var conditions: [StatusSet]
    var isPossible = true
    /// Whether it is being looked at, which happens again only in circles.
    var isOpen = false

    init(isOpen: Bool = false, count: Int) {
      self.isOpen = isOpen
      conditions = Array(repeating: .any, count: count)
    }
  }

  /// Results of an action; a set of values would cost most of the time where all follow all.
  private struct StatusSet: OptionSet {
    let rawValue: UInt8

    static let any = StatusSet(rawValue: .max)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ statuses: [ActionStatus]) {
      rawValue = ActionStatus.allCases.enumerated().reduce(0) { bits, next in
        statuses.contains(next.element) ? bits | 1 << UInt8(next.offset) : bits
      }
    }
  }

  private mutating func reach(_ place: Int, _ report: inout FlowReport) -> Reach {
    if let reach = known[place] { return reach }
    known[place] = Reach(isOpen: true, count: 0)
    var reach = Reach(count: actions.count)
    for condition in actions[place].runAfter where reach.isPossible {
      guard let other = places[condition.action.lowercased()] else { continue }
      let before = self.reach(other, &report)
      guard !before.isOpen, !condition.statuses.isEmpty else { continue }
      guard let obstacle = add(condition, of: other, before, to: &reach) else { continue }
      reach.isPossible = false
      Self.add(obstacle, actions[place], condition, &report)
    }
    known[place] = reach
    return reach
  }

  /// Takes one more predecessor in; says why the action cannot run then, or `nil`.
  private func add(_ condition: RunAfter, of place: Int, _ before: Reach, to reach: inout Reach)
    -> String?
  {
    let other = actions[place]
    let mayBeSkipped = condition.statuses.contains(.skipped)
    guard other.runtimeConfiguration["staticResult"] == nil else { return nil }
    if case .terminate = other.kind, !mayBeSkipped { return "'\(other.name)' ends the run" }
    guard before.isPossible else { return mayBeSkipped ? nil : "'\(other.name)' never runs" }
    if Set(condition.statuses) == [.skipped], other.runAfter.isEmpty {
      return "'\(other.name)' is never skipped"
    }
    reach.conditions[place].formIntersection(StatusSet(condition.statuses))
    if reach.conditions[place].isEmpty { return Self.conflict(other.name) }
    // Whatever made the other one run holds too, unless it may have been skipped.
    return mayBeSkipped ? nil : join(before.conditions, to: &reach)
  }

  private func join(_ conditions: [StatusSet], to reach: inout Reach) -> String? {
    var hasConflict = false
    for (place, statuses) in conditions.enumerated() {
      reach.conditions[place].formIntersection(statuses)
      if reach.conditions[place].isEmpty { hasConflict = true }
    }
    guard hasConflict else { return nil }
    let empty = actions.indices.filter { reach.conditions[$0].isEmpty }
    return empty.map { actions[$0].name.lowercased() }.min().map(Self.conflict)
  }

  private static func conflict(_ name: String) -> String {
    "no result of '\(name)' is wanted by all that it waits for"
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
