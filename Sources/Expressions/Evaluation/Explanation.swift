package import OrderedJSON

/// A node with the value it had, and the nodes that were evaluated for it.
package struct Explanation: Sendable {
  package let node: Node
  package let outcome: Result<JSON, ExpressionError>
  /// Nodes that were never reached, such as dead branches, are absent.
  package let children: [Explanation]

  /// The expression of this node.
  package var text: String { Printer.text(of: node) }

  /// Collects the tree while an evaluation runs.
  final class Recorder {
    private var open: [[Explanation]] = []
    private(set) var root: Explanation?

    func enter() { open.append([]) }

    func leave(_ node: Node, _ outcome: Result<JSON, ExpressionError>) {
      let finished = Explanation(node: node, outcome: outcome, children: open.popLast() ?? [])
      if open.isEmpty {
        root = finished
      } else {
        open[open.count - 1].append(finished)
      }
    }
  }
}
