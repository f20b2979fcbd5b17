package import Definitions

/// What the actions of one block come to together.
///
/// Source: workflow language reference, section f.2.
package enum BlockStatus {
  /// Takes the leaves, replaces each skipped one by its predecessors until none is skipped, and
  /// merges what is left; nothing left means success.
  package static func status(
    of block: PlannedBlock,
    in plan: Plan,
    statusOf: (Int) -> ActionStatus?
  ) -> ActionStatus {
    var result = ActionStatus.succeeded
    var pending = block.leaves
    var seen = Set(pending)
    while let position = pending.popLast() {
      let action = block.actions[position]
      let status = statusOf(action) ?? .skipped
      guard status == .skipped else {
        result = merged(result, status)
        continue
      }
      for predecessor in plan.actions[action].predecessors
      where seen.insert(predecessor.position).inserted {
        pending.append(predecessor.position)
      }
    }
    return result
  }

  /// The worse of two: failed, then timed out; everything else does not degrade success.
  static func merged(_ left: ActionStatus, _ right: ActionStatus) -> ActionStatus {
    if left == .failed || right == .failed { return .failed }
    if left == .timedOut || right == .timedOut { return .timedOut }
    return .succeeded
  }
}
