/// One instance of an action: its place in the plan, and the iteration of each loop around it.
package struct ActionAddress: Hashable, Sendable {
  /// The index of the action in the plan.
  package var action: Int
  /// Zero-based iterations, the outermost loop first; empty outside loops.
  package var indices: [Int]

  package init(action: Int, indices: [Int] = []) {
    self.action = action
    self.indices = indices
  }
}
