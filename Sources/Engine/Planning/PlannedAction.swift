package import Definitions
package import OrderedJSON

/// One action of a plan.
package struct PlannedAction: Sendable {
  package var index: Int
  package var name: String
  package var type: String
  package var step: Step
  /// The block that the action stands in, and its position there.
  package var block: Int
  package var position: Int
  package var predecessors: [Predecessor] = []
  /// Positions in the same block.
  package var successors: [Int] = []
  /// The blocks that the action contains.
  package var blocks: [Int] = []
  /// The loops around the action, outermost first, by place in the plan.
  package var loops: [Int]
  package var timeout: Duration?
  package var retryPolicy: RetryPolicy
  package var secureInputs: Bool
  package var secureOutputs: Bool
  package var trackedProperties: PlannedValue?
  package var operationOptions: Set<String>
  package var staticResult: JSON?
  /// How many items the action wants from an answer in pages.
  package var minimumItemCount: Int?
  /// Whether large content is sent and read in pieces.
  package var isChunked = false
  /// Where in the flow file the action stands.
  package var pointer: JSONPointer

  package struct Predecessor: Sendable {
    package var position: Int
    package var statuses: Set<ActionStatus>
  }
}

extension PlannedAction {
  /// What sends the requests of a trigger, in the form in which those of actions are sent.
  package init(trigger: String, type: String, isSecret: Bool) {
    self.init(
      index: 0,
      name: trigger,
      type: type,
      step: .unsupported,
      block: 0,
      position: 0,
      loops: [],
      retryPolicy: .never,
      secureInputs: isSecret,
      secureOutputs: false,
      operationOptions: [],
      pointer: JSONPointer()
    )
  }
}
