/// One execution of an `actions` object: the root, a branch, or one iteration of a loop.
struct Frame: Equatable, Sendable {
  /// For each action of the block, how many predecessors are not terminal yet.
  var waiting: [Int]
  /// Actions that are not terminal yet.
  var remaining: Int
}

/// Names a frame: its block in the plan and the iterations of the loops around it.
struct FrameKey: Hashable, Sendable {
  var block: Int
  var indices: [Int]
}
