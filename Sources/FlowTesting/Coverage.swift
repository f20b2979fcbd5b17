import Definitions
package import Engine
package import OrderedJSON

/// Which actions and branches of a flow some runs came to.
package struct Coverage: Sendable {
  /// One way out of a condition or switch.
  package struct Branch: Hashable, Sendable {
    package var action: String
    package var label: String
  }

  package private(set) var actionCount = 0
  package private(set) var branchCount = 0
  /// Actions that never ran, in the order of the plan.
  package private(set) var missedActions: [String] = []
  package private(set) var missedBranches: [Branch] = []

  package init(of plan: Plan, in runs: [RunState]) {
    var ran: Set<Int> = []
    var taken: [Int: Set<Int>] = [:]
    for run in runs {
      for (address, instance) in run.instances where instance.status != .skipped {
        ran.insert(address.action)
        if let branch = instance.branch { taken[address.action, default: []].insert(branch) }
      }
    }
    actionCount = plan.actions.count
    missedActions = plan.actions.filter { !ran.contains($0.index) }.map(\.name)
    for action in plan.actions {
      let labels = Self.labels(action.step)
      branchCount += labels.count
      for (index, label) in labels.enumerated()
      where !(taken[action.index]?.contains(index) ?? false) {
        missedBranches.append(Branch(action: action.name, label: label))
      }
    }
  }

  private static func labels(_ step: Step) -> [String] {
    switch step {
    case .condition: ["true", "false"]
    case .switching(_, let cases): cases.map { $0.stringValue ?? $0.text } + ["default"]
    default: []
    }
  }

  package var json: JSON {
    [
      "actions": .integer(Int64(actionCount)),
      "actionsCovered": .integer(Int64(actionCount - missedActions.count)),
      "branches": .integer(Int64(branchCount)),
      "branchesCovered": .integer(Int64(branchCount - missedBranches.count)),
      "missedActions": .array(missedActions.map { .string($0) }),
      "missedBranches": .array(
        missedBranches.map { ["action": .string($0.action), "branch": .string($0.label)] }
      ),
    ]
  }
}
